package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {

  private static final String NVMET = "/sys/kernel/config/nvmet/";

  /** What the vendor's page builds. */
  private static final String TARGET =
      """
      /ports/
      /ports/1/
      /ports/1/addr_adrfam=ipv4
      /ports/1/addr_traddr=10.9.1.1
      /ports/1/addr_trsvcid=4420
      /ports/1/addr_trtype=rdma
      /ports/1/subsystems/testsubsystem -> /subsystems/testsubsystem
      /subsystems/testsubsystem/
      /subsystems/testsubsystem/attr_allow_any_host=1
      /subsystems/testsubsystem/namespaces/1/
      /subsystems/testsubsystem/namespaces/1/device_path=/dev/nvme0n1
      /subsystems/testsubsystem/namespaces/1/enable=1
      /subsystems/testsubsystem/namespaces/1/pci_device_path=0000:85:00.0
      """;

  private final Path folder;
  private final SimShell shell;

  ImportTest(@TempDir Path folder) {
    this.folder = folder;
    this.shell = SimShell.of("ofed-4.1", folder);
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(ImportTest.class.getResourceAsStream("/shell/" + name))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed.sh", "seed-typographic.sh"})
  void theVendorsScriptBecomesTheVendorsTarget(String name) throws IOException {
    shell.with("seed.sh", resource(name));
    assertEquals(ExitStatus.DONE, shell.run("script import seed.sh -o seed.nvmetsh"));
    String said = shell.said();
    assertTrue(
        said.contains(
            "note: seed.sh: line 12: no value for addr_traddr of port 1; supply it:  --param"
                + " traddr=ADDRESS"),
        said);
    assertEquals(
        name.equals("seed-typographic.sh"),
        said.contains("typographic quotes, dashes or blanks were taken for plain ones"),
        said);
    assertEquals(
        """
        # nvmetsh script 1
        # reason: imported from seed.sh
        param traddr
        modules load nvme num_p2p_queues=1
        modules load nvmet
        modules load nvmet-rdma
        create /subsystems/testsubsystem
        set /subsystems/testsubsystem attr_allow_any_host=1
        create /subsystems/testsubsystem/namespaces/1
        set /subsystems/testsubsystem/namespaces/1 device_path=/dev/nvme0n1 \
        pci_device_path=0000:85:00.0
        enable /subsystems/testsubsystem/namespaces/1
        create /ports/1
        set /ports/1 addr_trsvcid=4420 addr_traddr=${traddr} addr_trtype=rdma addr_adrfam=ipv4
        link /subsystems/testsubsystem /ports/1
        """,
        shell.text("seed.nvmetsh"));

    assertEquals(ExitStatus.USAGE, shell.run("replay seed.nvmetsh"));
    assertTrue(shell.said().contains("seed.nvmetsh needs values for its parameters: traddr"));
    assertEquals(
        ExitStatus.DONE, shell.run("replay seed.nvmetsh --param traddr=10.9.1.1"), shell::said);
    for (String line : TARGET.lines().toList()) {
      assertTrue(("\n" + shell.state()).contains("\n" + line + "\n"), line);
    }
  }

  @Test
  void aMissingValueCanBeSuppliedAtOnce() throws IOException {
    shell.with("seed.sh", resource("seed.sh"));
    shell.run("script import seed.sh -o s --param traddr=10.9.1.1 --param other=1");
    String said = shell.said();
    assertFalse(said.contains("no value for addr_traddr"), said);
    assertTrue(said.contains("no parameter is called other"), said);
    assertTrue(shell.text("s").contains("\nparam traddr 10.9.1.1\n"), shell.text("s"));
    assertEquals(ExitStatus.DONE, shell.run("replay s"), shell::said);
  }

  @Test
  void aPageWithPromptsAndGapsIsReadToo() throws IOException {
    shell.with("page", resource("page.txt"));
    assertEquals(ExitStatus.DONE, shell.run("script import page"));
    String said = shell.said();
    assertTrue(
        said.contains(
            """
            modules load nvmet_rdma offload_buffer_size=256 offload_mem_size=2048 \
            offload_mem_start=0xf00000000
            create /subsystems/${name_of_subsystem}
            set /subsystems/${name_of_subsystem} attr_allow_any_host=1
            create /subsystems/${name_of_subsystem}/namespaces/${nsid}
            set /subsystems/${name_of_subsystem}/namespaces/${nsid} device_path=/dev/nvme0n1 \
            pci_device_path=${domain}:${bus}:${slot}.${func}
            """),
        said);
    assertTrue(said.contains("\nparam name_of_subsystem\n"), said);
    assertTrue(said.contains("nvme left out: it is for the host"), said);
  }

  private String imported(ExitStatus status, String shellScript) {
    shell.with("in.sh", shellScript);
    assertEquals(status, shell.run("script import in.sh"), shell::said);
    return shell.said();
  }

  private void becomes(String shellScript, String lines) {
    String said = imported(ExitStatus.DONE, shellScript);
    String made =
        String.join(
            "\n",
            said.lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("note:"))
                .toList());
    assertEquals(lines.strip(), made);
  }

  @Test
  void theUsualWaysToWriteAValue() {
    String port = "create /ports/1\nset /ports/1 addr_trsvcid=4420";
    String mkdir = "mkdir " + NVMET + "ports/1\n";
    String file = NVMET + "ports/1/addr_trsvcid";
    becomes(mkdir + "echo 4420 > " + file, port);
    becomes(mkdir + "echo -n '4420'>" + file, port);
    becomes(mkdir + "echo -ne 4420 > " + file, port);
    becomes(mkdir + "echo -e -nE 4420 > " + file, port);
    becomes(mkdir + "/usr/bin/printf 4420 > " + file, port);
    becomes(mkdir + "printf 4420 > " + file, port);
    becomes(mkdir + "printf '4420\\n' >> " + file, port);
    becomes(mkdir + "printf '%s' 4420 > " + file, port);
    becomes(mkdir + "printf \"%s\\n\" 4420 > " + file + " 2>/dev/null", port);
    becomes(mkdir + "echo 4420 | sudo tee " + file + " > /dev/null", port);
    becomes(mkdir + "sudo echo 4420 > " + file + " # the usual one", port);
    becomes(
        "PORT=1\nexport P=4420\n" + mkdir + "echo $P > " + NVMET + "ports/$PORT/addr_trsvcid",
        port);
    becomes(
        "D=${D:-" + NVMET + "ports}\nmkdir \"$D/1\" && echo 4420 > \"${D}\"/1/addr_trsvcid", port);
    becomes("cd " + NVMET + "ports; mkdir 1; cd 1\necho 4420 > addr_trsvcid", port);
    becomes("mkdir /config/nvmet/ports/1/\necho 4420 > /config/nvmet//ports/1/addr_trsvcid", port);
    becomes("root@stor1:~# " + mkdir + "[root@stor1 nvmet]# echo 4420 > " + file, port);
    becomes("$ " + mkdir + "$ echo 4420 \\\n   > " + file, port);
  }

  @Test
  void offloadIsAskedForWhereTheShellScriptAsks() {
    String namespace = NVMET + "subsystems/s/namespaces/1";
    String script =
        "mkdir -p %s\necho -n /dev/nvme0n1 > %<s/device_path\n# on\necho 1 > %<s/enable\n"
            .formatted(namespace);
    String device = "\nset /subsystems/s/namespaces/1 device_path=/dev/nvme0n1";
    String made =
        "create /subsystems/s --if-missing\ncreate /subsystems/s/namespaces/1 --if-missing"
            + device;
    String enabled = "\nenable /subsystems/s/namespaces/1";
    becomes(script, made + " pci_device_path=clear" + enabled);
    shell.must("script import -o s.nvmetsh in.sh", "replay s.nvmetsh");
    String state = shell.state();
    assertTrue(state.contains("/subsystems/s/namespaces/1/enable=1\n"), state);
    assertFalse(state.contains("pci_device_path=0000"), state);

    // where it cannot be asked for so, nothing is to be said of it, and nothing goes wrong
    SimShell mainline = SimShell.of("6.1", folder);
    mainline.must("replay s.nvmetsh", "delete -r /subsystems/s --yes");
    mainline.must("script import -f -o s.nvmetsh in.sh");
    assertFalse(mainline.text("s.nvmetsh").contains("pci"));

    becomes(
        script + "echo 0000:85:00.0 > " + namespace + "/pci_device_path",
        made + enabled + "\nset /subsystems/s/namespaces/1 pci_device_path=0000:85:00.0");
    // of a namespace that was there before, nothing is known
    becomes("echo -n /dev/nvme0n1 > " + namespace + "/device_path", device.strip());
  }

  @Test
  void echoTakesItsOptionsAsBashDoes() {
    String serial = NVMET + "subsystems/s/attr_serial";
    String set = "set /subsystems/s attr_serial=";
    becomes("echo -ne abc > " + serial, set + "abc");
    becomes("echo -n -x abc > " + serial, set + "'-x abc'");
    becomes("echo - abc > " + serial, set + "'- abc'");
    becomes("echo -neE 'a\\tb' > " + serial, set + "'a\\tb'");
    String said = imported(ExitStatus.PARTIAL, "echo -En -e 'a\\tb' > " + serial);
    assertTrue(said.contains("it has escapes"), said);
  }

  @Test
  void whatHostsDoIsLeftOut() {
    String said =
        imported(
            ExitStatus.DONE,
            "modprobe -a nvmet nvme-tcp\nmodprobe nvme_rdma\nnvme connect -t rdma -a 10.9.1.1\n"
                + "modprobe -r nvme-fabrics nvmet");
    assertTrue(said.contains("modules load nvmet\nmodules unload nvmet\n"), said);
    assertTrue(
        said.contains("line 2: module nvme_rdma left out: it is for the host, not the target"),
        said);
    assertFalse(said.contains("modules load nvme_") || said.contains("modules load nvme-"), said);
    assertFalse(said.contains("modules unload nvme-"), said);
  }

  @Test
  void directoriesLinksAndModules() {
    becomes(
        "mkdir -p " + NVMET + "subsystems/x/namespaces/1\n",
        "create /subsystems/x --if-missing\ncreate /subsystems/x/namespaces/1 --if-missing");
    becomes(
        "cd " + NVMET + "ports/1\nln -s ../../subsystems/x subsystems/",
        "link /subsystems/x /ports/1");
    becomes(
        "ln -s " + NVMET + "subsystems/x " + NVMET + "ports/1/subsystems/y",
        "link /subsystems/x /ports/1/subsystems/y");
    becomes(
        "rm " + NVMET + "ports/1/subsystems/x\nrm -f " + NVMET + "subsystems/x/allowed_hosts/h",
        "unlink /ports/1/subsystems/x\nunlink /subsystems/x/allowed_hosts/h");
    becomes(
        "rmdir " + NVMET + "ports/1/ " + NVMET + "subsystems/x",
        "delete /ports/1\ndelete /subsystems/x");
    becomes(
        "modprobe -a nvmet nvmet-tcp\nmodprobe -r nvmet_tcp; rmmod nvmet",
        """
        modules load nvmet
        modules load nvmet-tcp
        modules unload nvmet_tcp
        modules unload nvmet\
        """);
    becomes(
        "sudo /sbin/modprobe nvmet\n/usr/sbin/modprobe -r nvmet",
        "modules load nvmet\nmodules unload nvmet");
    becomes(
        "set -e\nmount -t configfs none /sys/kernel/config\nmkdir " + NVMET + "hosts/h\nexit 0",
        "create /hosts/h");
  }

  @Test
  void hostileWordsStayWords() {
    becomes("mkdir " + NVMET + "subsystems/'a;b $(c)'\n", "create '/subsystems/a;b $(c)'");
    becomes("mkdir \"" + NVMET + "subsystems/it's #1\"", "create '/subsystems/it'\\''s #1'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for i in 1 2; do\n  mkdir " + NVMET + "ports/$i\ndone",
        "if [ -d " + NVMET + "ports/1 ]\nthen\n  rmdir " + NVMET + "ports/1\nfi",
        "if [ -d /x ]; then rmdir " + NVMET + "ports/1; fi",
        "down() {\n  rmdir " + NVMET + "ports/1\n}",
        "down()\n{\n  rmdir " + NVMET + "ports/1\n}",
        "cat > /etc/x <<EOF\nrmdir " + NVMET + "ports/1\nEOF",
        "ssh other <<'EOF'\nrmdir " + NVMET + "ports/1\nEOF",
        "rmdir " + NVMET + "ports/*",
        "echo $(cat /proc/uptime) > " + NVMET + "ports/1/addr_trsvcid",
        "echo `uptime` > " + NVMET + "ports/1/addr_trsvcid",
        "test -d /x || rmdir " + NVMET + "ports/1",
        "rm -rf " + NVMET + "ports/1",
        "echo 1 > /sys/module/nvmet/parameters/x",
        "echo 1 > " + NVMET + "ports/1",
        "mkdir " + NVMET + "ports/1/bogus/x",
        "dd if=/dev/zero of=/dev/nvme0n1",
        "mkdir 'unclosed",
        "cd $(dirname $0)",
        "reboot &",
        "while true; do rmdir " + NVMET + "ports/1; done",
      })
  void whatIsNotUnderstoodStaysAComment(String text) {
    String said = imported(ExitStatus.PARTIAL, "mkdir " + NVMET + "ports/7\n" + text + "\n");
    assertTrue(said.contains("note: in.sh: line 2: not understood, kept as a comment ("), said);
    assertEquals(
        "create /ports/7",
        String.join(
            "\n",
            said.lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("note"))
                .toList()),
        said);
    for (String line : text.lines().toList()) {
      assertTrue(said.contains("#?   " + line), said);
    }
  }

  @Test
  void afterWhatIsNotUnderstoodNothingIsGuessed() {
    String said =
        imported(
            ExitStatus.PARTIAL,
            "N=1\ncd " + NVMET + "ports\nN=$(uptime)\nmkdir $N\ncd $(pwd)\nmkdir 2\n");
    assertTrue(said.contains("create /ports/${N}\n"), said);
    assertTrue(said.contains("line 4: no name in /ports; supply it:  --param N=VALUE"), said);
    assertFalse(said.contains("create /ports/2"), said);
    assertTrue(said.contains("line 6: not understood"), said);
  }

  @Test
  void commentsStayAndMeanNothing() {
    String said =
        imported(
            ExitStatus.DONE,
            "#!/bin/bash\n# state: sha256 0\n#= /x 1\n# modprobe nvmet\nmkdir "
                + NVMET
                + "ports/1\n");
    assertTrue(said.contains("#  state: sha256 0\n#  = /x 1\n#  modprobe nvmet\ncreate"), said);
    assertTrue(said.contains("line 4: taken for a comment: # modprobe nvmet"), said);
  }

  @Test
  void aKeyIsNotCopied() {
    String key = "DHHC-1:00:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0:";
    String said =
        imported(
            ExitStatus.PARTIAL,
            "mkdir "
                + NVMET
                + "hosts/h\necho '"
                + key
                + "' > "
                + NVMET
                + "hosts/h/dhchap_key\nnvme-gen "
                + key
                + "\n");
    assertFalse(said.contains("c2VjcmV0"), said);
    assertTrue(said.contains("param dhchap_key secret\n"), said);
    assertTrue(said.contains("--param dhchap_key=@FILE"), said);
  }

  @Test
  void hazardsHoldForWhatIsImported() {
    String namespace = NVMET + "subsystems/x/namespaces/1";
    shell.with(
        "in.sh",
        "mkdir -p "
            + namespace
            + "\necho -n /dev/nvme0n1 > "
            + namespace
            + "/device_path\n"
            + "echo 85:00 > "
            + namespace
            + "/pci_device_path\n");
    shell.must("script import in.sh -o out");
    assertEquals(ExitStatus.USAGE, shell.run("replay out"));
    assertTrue(shell.said().contains("pci_device_path"));
    assertEquals("N/A", shell.value("/subsystems/x/namespaces/1/pci_device_path"));
  }
}
