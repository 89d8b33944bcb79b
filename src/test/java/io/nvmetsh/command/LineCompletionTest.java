package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is offered where: commands, paths, options, names. */
class LineCompletionTest {

  /** For tests that only look: a machine takes longer to simulate than a key to press. */
  private static final Tab TAB = Tab.onTarget();

  /** The line, and the words that are offered behind it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # commands
          cd                      | cd
          unl                     | unlink
          mk                      | mkdir
          /ports/1 unl            | unlink
          '../ports/1/. unl'      | unlink
          help unl                | unlink
          subs                    | subsystems/...
          nosuch                  |
          'nosuch '               |
          /nosuch/1 l             |

          # paths
          /                       | /hosts/... /ports/... /subsystems/...
          'cd '                   | hosts/... ports/... subsystems/...
          'cd p'                  | ports/...
          'ls ports/1/'           | ports/1/referrals/... ports/1/subsystems/...
          'ls ../ports/1/s'       | ../ports/1/subsystems/...
          'cd /hosts/'            | /hosts/nqn.2014-08.org.example:h1
          'cd /ports/1/subsystems/' | /ports/1/subsystems/testsubsystem
          'ls /ports/1/subsystems/testsubsystem/n' | /ports/1/subsystems/testsubsystem/namespaces/...
          'cd ..'                 | ../...
          'cd /ports/..'          | /ports/../...
          'cd /nosuch/'           |
          'ls "/po'               | /ports/...
          /ports/1 ls s           | subsystems/...
          'cd /ports '            |
          'tree '                 | hosts/... ports/... subsystems/...

          # what can be switched, removed, made
          'enable '               | ports/... subsystems/...
          'enable /subsystems/testsubsystem/' | /subsystems/testsubsystem/namespaces/...
          'disable /subsystems/testsubsystem/namespaces/' | /subsystems/testsubsystem/namespaces/1
          'delete /hosts/'        | /hosts/nqn.2014-08.org.example:h1
          'delete /subsystems/testsubsystem/namespaces/' | /subsystems/testsubsystem/namespaces/1
          'rm -r /ports/1/subsystems/' | /ports/1/subsystems/testsubsystem
          'delete -- p'           | ports/...
          'create /ports/'        | /ports/3 /ports/1/... /ports/2/...
          '/ports create '        | 3 1/... 2/...
          'create /hosts/'        |
          'create /subsystems/testsubsystem/n' | /subsystems/testsubsystem/namespaces/...
          'mkdir /subsystems/testsubsystem/namespaces/' | /subsystems/testsubsystem/namespaces/2

          # attributes
          'get /ports/1 addr_tr'  | addr_traddr addr_treq addr_trsvcid addr_trtype
          '/ports/1 get addr_trs' | addr_trsvcid
          'get /ports/1/addr_trs' | /ports/1/addr_trsvcid
          'cat /ports/1/addr_trs' | /ports/1/addr_trsvcid
          'get /ports/1 addr_trtype addr_trt' |
          '/ports/2 set addr_tr'  | addr_traddr=... addr_treq=... addr_trsvcid=... addr_trtype=...
          'set /ports/2 addr_trt' | addr_trtype=...
          'set /ports/2 addr trt' | trtype=...
          'set /ports/2 addr_trtype=rdma addr_trt' |
          'set p'                 | ports/...
          'set /ports/'           | /ports/1/... /ports/2/...
          'create /ports/9 addr_trt' | addr_trtype=...
          'create /ports addr_trt' | addr_trtype=...
          'create /hosts x='      |

          # links
          '/ports/1 link '        | nqn.2024-01.io.example:b
          '/ports/2 link '        | nqn.2024-01.io.example:b testsubsystem
          '/subsystems/testsubsystem link ' | nqn.2014-08.org.example:h1
          '/subsystems/testsubsystem link .' | .
          '/subsystems/testsubsystem link . ' | /ports/2
          'link '                 | nqn.2024-01.io.example:b testsubsystem nqn.2014-08.org.example:h1
          'link /'                | /hosts/... /subsystems/...
          'link /hosts/'          | /hosts/nqn.2014-08.org.example:h1
          'link testsubsystem '   | /ports/2
          'ln -s /subsystems/testsubsystem ' | /ports/2
          'link nqn.2014-08.org.example:h1 /subsystems/t' | /subsystems/testsubsystem
          'link testsubsystem p'  | ports/...
          '/ports/1 unlink '      | testsubsystem subsystems/...
          'unlink '               | ports/... subsystems/...
          'unlink /ports/1/'      | /ports/1/subsystems/...
          'unlink testsubsystem ' | /ports/1
          'unlink /ports/1/subsystems/testsubsystem ' |

          # offload
          'offload o'             | on off
          'offload on '           | /subsystems/nqn.2024-01.io.example:b /subsystems/testsubsystem
          'offload off /subsystems/t' | /subsystems/testsubsystem
          'offload on /subsystems/testsubsystem ' | /subsystems/nqn.2024-01.io.example:b
          'offload on sub'        | subsystems/...

          # options
          'ls --l'                | --long
          'ls --long --l'         |
          'ls -- --l'             |
          'tree -L '              |
          'connect-cmd --host '   | nqn.2014-08.org.example:h1
          'connect-cmd --host='   | --host=nqn.2014-08.org.example:h1
          'connect-cmd --bare='   |
          'ls --nosuch='          |

          # the answers of a set-up
          'offload '              | on off setup hosts/... ports/... subsystems/...
          'offload setup '        | drive=... address=... nqn=... hosts=... service=...
          'offload setup drive=/dev/nvme1n1 n' | nqn=...
          'offload setup drive=/dev/nvme1' | drive=/dev/nvme1n1
          'offload setup address=10.9.2' | address=10.9.2.1
          'offload setup address=10.9.1.1,10.9.2' | address=10.9.1.1,10.9.2.1
          'offload setup drive=/dev/nvme1n1 nqn=nqn.2016' | nqn=nqn.2016-06.local.stor1:nvme1n1
          'offload setup nqn=te'  | nqn=testsubsystem
          'offload setup hosts='  | hosts=any hosts=nqn.2014-08.org.example:h1
          'offload setup hosts=h,nqn' | hosts=h,nqn.2014-08.org.example:h1
          'offload setup nonsense=1 hosts=a' | hosts=any

          # modules, topics, actions
          'modules '              | load unload set unset
          'modules load nvmet_t'  | nvmet_tcp
          'modules load nvmet-rdma offload_mem_s' | offload_mem_start=... offload_mem_size=...
          'modules unload nvmet'  | nvmet nvmet_rdma
          'modules unload nvmet ' |
          'modules set nvm'       | nvmet nvmet_rdma nvmet_tcp nvme nvme_core
          'modules set nvme n'    | num_p2p_queues=...
          'modules unset '        |
          'machine '              | dump
          'explain addr_trt'      | addr_trtype
          'explain HAZ-PCI'       | HAZ-PCI-SYNTAX HAZ-PCI-REENABLE
          'explain OFF-PORT-O'    | OFF-PORT-ONE
          'explain EBU'           | EBUSY
          'explain num_p'         | num_p2p_queues
          '/ports/1 explain addr_trs' | addr_trsvcid

          # nothing is typed into a comment
          'ls # /po'              |
          """)
  void offers(String line, String words) {
    assertEquals(words == null ? "" : words, String.join(" ", TAB.words(line)));
  }

  @Test
  void anEmptyLineOffersEveryCommandWithItsSummary() {
    List<Candidate> candidates = TAB.candidates("");
    List<Command> commands = Commands.roster().all();
    assertEquals(commands.size(), candidates.size());
    for (int i = 0; i < commands.size(); i++) {
      assertEquals(commands.get(i).spec().name(), candidates.get(i).value());
      assertEquals(commands.get(i).spec().summary(), candidates.get(i).description());
    }
    assertEquals(TAB.words(""), TAB.words("/ports/1 "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ls", "set", "create", "delete", "connect-cmd"})
  void aDashOffersTheOptionsOfTheCommandAndOfAll(String command) {
    List<String> words = TAB.words(command + " -");
    assertTrue(words.containsAll(List.of("--json", "--dry-run", "--yes", "--help")));
    for (CommandSpec.Option option : Commands.roster().named(command).spec().options()) {
      assertEquals(option.help(), TAB.beside(command + " -", "--" + option.name()));
    }
  }

  @Test
  void everythingIsDescribed() {
    for (String line :
        List.of(
            "",
            "cd /",
            "ls /subsystems/",
            "get /ports/1/",
            "link ",
            "create /ports/",
            "set /ports/2 ",
            "delete /ports/1/",
            "explain ",
            "explain H",
            "help ",
            "modules ",
            "modules load ",
            "modules load nvmet_rdma ",
            "machine ",
            "unlink /ports/1/subsystems/",
            "ls -")) {
      List<Candidate> candidates = TAB.candidates(line);
      assertFalse(candidates.isEmpty(), line);
      for (Candidate candidate : candidates) {
        assertFalse(candidate.description().isBlank(), line + candidate.value());
      }
    }
  }

  @Test
  void saysHowItIsWithEach() {
    assertEquals(
        "1 namespace, any host", TAB.beside("cd /subsystems/t", "/subsystems/testsubsystem/"));
    assertEquals("rdma 10.9.1.1:4420, 1 subsystem", TAB.beside("cd /ports/", "/ports/1/"));
    assertEquals("next free port id", TAB.beside("create /ports/", "/ports/3"));
    assertEquals(
        "-> /subsystems/testsubsystem",
        TAB.beside("unlink /ports/1/subsystems/", "/ports/1/subsystems/testsubsystem"));
    assertEquals("transport", TAB.beside("set /ports/2 ", "addr_trtype="));
    assertEquals(
        "locked, writable only while no subsystem is linked to the port: transport",
        TAB.beside("set /ports/1 ", "addr_trtype="));
    assertEquals(
        "locked, writable only while disabled: block device or file behind the namespace",
        TAB.beside("set /subsystems/testsubsystem/namespaces/1 ", "device_path="));
  }

  @Test
  void nobodyWaitsForACountBeforeEnter() throws Refusal {
    Tab tab = Tab.onTarget();
    for (int i = 0; i < 999; i++) {
      tab.shell().target().configfs().mkdir(NvmetPath.of("hosts", "h" + i));
    }
    assertEquals("1000", tab.beside("cd /", "/hosts/"));
    tab.has("create /hosts/one-more");
    assertEquals("more than 1000", tab.beside("cd /", "/hosts/"));
    assertTrue(tab.shell().type("ls /").text().startsWith("hosts/       1001\n"));
  }

  /** Such a name is one the kernel takes; what a terminal could obey is not offered. */
  @Test
  void offersNoNameThatATerminalWouldObey() throws Refusal {
    Tab tab = Tab.onTarget();
    tab.has("create '/hosts/b c'", "create /hosts/-d");
    tab.shell().target().configfs().mkdir(NvmetPath.of("hosts", "a\u001b[31m"));
    assertEquals(
        List.of("/hosts/-d", "/hosts/b c", "/hosts/nqn.2014-08.org.example:h1"),
        tab.words("cd /hosts/"));
    assertEquals(List.of("/hosts/b c"), tab.words("cd '/hosts/b"));
  }

  @Test
  void aNameWithADashIsNotAnOption() {
    Tab tab = Tab.onTarget();
    tab.has("create /hosts/-d", "cd /hosts");
    assertEquals(List.of("./-d", "nqn.2014-08.org.example:h1"), tab.words("delete "));
    assertEquals(List.of("./-d"), tab.words("delete ./").subList(0, 1));
    tab.has("delete ./-d");
  }

  @Test
  void offersFilesAndTheWayToThem(@TempDir Path directory) throws IOException {
    Files.createDirectory(directory.resolve("d"));
    Files.createFile(directory.resolve("a.txt"));
    Files.createFile(directory.resolve("b.nvmetsh"));
    Files.createFile(directory.resolve(".hidden"));
    Files.createFile(directory.resolve("c\u001b[31m"));
    String at = directory + "/";
    assertEquals(
        List.of(at + "d/...", at + "a.txt", at + "b.nvmetsh"), TAB.words("machine dump " + at));
    assertEquals(List.of(at + ".hidden"), TAB.words("machine dump " + at + ".h"));
    assertEquals(List.of(), TAB.words("machine dump " + at + "nosuch/"));
    assertEquals(List.of(at + "b.nvmetsh", at + "d/...", at + "a.txt"), TAB.words("replay " + at));
  }

  /** Of very many names some are offered, and what they have in common all have. */
  @Test
  void doesNotPromiseWhatSomeNamesDoNotKeep() {
    Tab tab = Tab.onTarget();
    for (int i = 0; i < 400; i++) {
      tab.has("create /hosts/nqn.2014-08.org.example:" + (i < 350 ? "host" : "zebra") + i);
    }
    List<Candidate> candidates = tab.candidates("cd /hosts/");
    assertEquals(300, candidates.size());
    assertEquals("300 of 401: type more of the name", candidates.get(0).group());
    assertEquals("/hosts/nqn.2014-08.org.example:h1", candidates.get(0).value());
    assertEquals("/hosts/nqn.2014-08.org.example:host0", candidates.get(1).value());
    assertEquals("/hosts/nqn.2014-08.org.example:host297", candidates.get(298).value());
    assertTrue(
        candidates.stream()
            .anyMatch(each -> each.value().startsWith("/hosts/nqn.2014-08.org.example:z")));
    assertEquals(50, tab.candidates("cd /hosts/nqn.2014-08.org.example:z").size());
    assertEquals("", tab.candidates("cd /hosts/nqn.2014-08.org.example:z").get(0).group());
  }

  /** Whatever is in the line, a key press gives candidates or nothing. */
  @Test
  void survivesEveryLine() {
    String alphabet = "abcdelnorst /.-='\"\\$#{}\u201c\n\u001b\u00e9";
    List<String> beginnings =
        List.of("", "set ", "create ", "/ports/1 set addr_", "link ", "modules ", "delete /");
    Random random = new Random(20240301);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder line = new StringBuilder(beginnings.get(random.nextInt(beginnings.size())));
      for (int length = random.nextInt(12); length > 0; length--) {
        line.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String word = Tokenizer.unfinished(line.toString()).word().text();
      for (Candidate candidate : TAB.candidates(line.toString())) {
        assertTrue(candidate.value().startsWith(word), line.toString());
      }
    }
  }

  @Test
  void worksWithoutATarget() {
    Tab empty = new Tab(TestShell.on("6.12"));
    assertEquals(List.of("1"), empty.words("/ports create "));
    assertEquals(List.of(), empty.words("link "));
    assertEquals(List.of(), empty.words("cd /ports/"));
    assertEquals(
        List.of("discovery_nqn=...", "hosts/...", "ports/...", "subsystems/..."),
        empty.words("set "));
  }
}
