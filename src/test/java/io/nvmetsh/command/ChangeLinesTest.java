package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Placeholder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangeLinesTest {

  private static final NvmetPath SUBSYSTEM = NvmetPath.of("subsystems", "x");
  private static final NvmetPath NAMESPACE = SUBSYSTEM.child("namespaces").child("1");
  private static final NvmetPath PORT = NvmetPath.of("ports", "1");

  private static Change set(NvmetPath directory, String attribute, String value) {
    return new Change.SetAttribute(directory.child(attribute), value);
  }

  private static List<String> lines(Change... changes) {
    return ChangeLines.of(List.of(changes)).stream().map(ChangeLines.Line::text).toList();
  }

  @Test
  void assignmentsOfADirectoryAreOneLine() {
    assertEquals(
        List.of(
            "create /subsystems/x",
            "set /subsystems/x attr_allow_any_host=1",
            "create /subsystems/x/namespaces/1",
            "set /subsystems/x/namespaces/1 device_path=/dev/nvme0n1 pci_device_path=0000:85:00.0",
            "enable /subsystems/x/namespaces/1"),
        lines(
            new Change.Create(SUBSYSTEM),
            set(SUBSYSTEM, "attr_allow_any_host", "1"),
            new Change.Create(NAMESPACE),
            set(NAMESPACE, "device_path", "/dev/nvme0n1"),
            set(NAMESPACE, "pci_device_path", "0000:85:00.0"),
            set(NAMESPACE, "enable", "1")));
  }

  @Test
  void aSecondAssignmentOfAnAttributeIsALineOfItsOwn() {
    assertEquals(
        List.of("set /ports/1 addr_trsvcid=1", "set /ports/1 addr_trsvcid=2 addr_trtype=tcp"),
        lines(
            set(PORT, "addr_trsvcid", "1"),
            set(PORT, "addr_trsvcid", "2"),
            set(PORT, "addr_trtype", "tcp")));
  }

  @Test
  void linksAndModules() {
    NvmetPath links = PORT.child("subsystems");
    assertEquals(
        List.of(
            "link /subsystems/x /ports/1",
            "link /subsystems/x /ports/1/subsystems/y",
            "unlink /ports/1/subsystems/x",
            "delete /ports/1",
            "modules load nvmet-rdma offload_mem_size=2048 offload_mem_start=0xf00000000",
            "modules unload nvme"),
        lines(
            new Change.Link(links.child("x"), SUBSYSTEM),
            new Change.Link(links.child("y"), SUBSYSTEM),
            new Change.Unlink(links.child("x")),
            new Change.Delete(PORT),
            new Change.LoadModule(
                "nvmet-rdma",
                new TreeMap<>(
                    Map.of("offload_mem_start", "0xf00000000", "offload_mem_size", "2048"))),
            new Change.UnloadModule("nvme")));
  }

  @Test
  void hostileNamesStayWords() {
    NvmetPath hostile = NvmetPath.of("subsystems", "-a b'$(c);\nd");
    assertEquals(
        List.of(
            "create $'/subsystems/-a b\\'$(c);\\nd'",
            "set $'/subsystems/-a b\\'$(c);\\nd' attr_model='a b'",
            "set /hosts/h dhchap_key=${dhchap_key}"),
        lines(
            new Change.Create(hostile),
            set(hostile, "attr_model", "a b"),
            set(NvmetPath.of("hosts", "h"), "dhchap_key", Placeholder.of("dhchap_key"))));
  }
}
