package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.command.LineMarks.Span;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is told of a line while it is typed. A bar is the cursor; {@code wrong(x)} and so on stand
 * for what is shown of the word.
 */
class LineMarksTest {

  private static final Tab TAB = Tab.onTarget();

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "ls| > command(ls)",
        "cre| > command(cre)",
        "c| > c",
        "c |> wrong(c)",
        "frobnicate| > wrong(frobnicate)",
        "subsys| > subsys",
        "mkdir /subsystems/x| > command(mkdir) /subsystems/x",
        "/ports/1 ls| > there(/ports/1) command(ls)",
        "/ports/9 ls| > wrong(/ports/9) ls",
        "/po| > /po",
        "ls /subsystems/test| > command(ls) /subsystems/test",
        "ls /subsystems/tset| > command(ls) wrong(/subsystems/tset)",
        "ls /subsystems/test -l| > command(ls) wrong(/subsystems/test) option(-l)",
        "ls /ports/1/subsystems/testsubsystem| > command(ls) there(/ports/1/subsystems/testsubsystem)",
        "get /ports/1/addr_trtype| > command(get) there(/ports/1/addr_trtype)",
        "delete --recursive /ports/1| > command(delete) option(--recursive) there(/ports/1)",
        "delete --recursiv| /ports/1 > command(delete) --recursiv there(/ports/1)",
        "delete --rekursiv| /ports/1 > command(delete) wrong(--rekursiv) there(/ports/1)",
        "pwd here| > command(pwd) wrong(here)",
        "offload # all| > command(offload) comment(# all)",
        "cd $where| > command(cd) $where",
      })
  void wordsAreWhatIsThere(String line, String marked) {
    assertEquals(marked, marked(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "link testsubsystem /ports/2| > command(link) there(testsubsystem) there(/ports/2)",
        "link testsub| > command(link) testsub",
        "link nqn.2014-08.org.example:h2 /ports/1| > command(link)"
            + " wrong(nqn.2014-08.org.example:h2) there(/ports/1)",
        "unlink /ports/1/subsystems/testsubsystem| > command(unlink)"
            + " there(/ports/1/subsystems/testsubsystem)",
        "connect-cmd --host anybody |> command(connect-cmd) option(--host) anybody",
      })
  void membersGoByTheirNames(String line, String marked) {
    assertEquals(marked, marked(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "create /subsystems/new| > command(create) /subsystems/new",
        "create /subsystems/testsubsystem| > command(create) /subsystems/testsubsystem",
        "create /subsystems/testsubsystem |> command(create) wrong(/subsystems/testsubsystem)",
        "create -p /subsystems/testsubsystem |> command(create) option(-p)"
            + " /subsystems/testsubsystem",
        "create /subsystems/none/namespaces/1 |> command(create)"
            + " wrong(/subsystems/none/namespaces/1)",
        "create /ports/7 addr_trtype=rdma| > command(create) /ports/7 addr_trtype=rdma",
        "create /ports/7 addr_trtype=rdmo| > command(create) /ports/7 addr_trtype=wrong(rdmo)",
        "create /ports/7 addr_trtype=rd| > command(create) /ports/7 addr_trtype=rd",
        "create /ports/7 addr_trtype=rd |> command(create) /ports/7 addr_trtype=wrong(rd)",
        "create /ports/7 trtype=rdma| > command(create) /ports/7 wrong(trtype=rdma)",
        "create /ports/7 addr_traddr=10.9.1.1 |> command(create) /ports/7"
            + " addr_traddr=there(10.9.1.1)",
        "create /ports/7 addr_traddr=10.9.1.99 |> command(create) /ports/7"
            + " addr_traddr=wrong(10.9.1.99)",
        "create /ports/7 addr_traddr=nn-0x1000:pn-0x2000 |> command(create) /ports/7"
            + " addr_traddr=nn-0x1000:pn-0x2000",
        "set /ports/2 addr trtype=rdma traddr=10.9.9.9 |> command(set) there(/ports/2) addr"
            + " trtype=rdma traddr=wrong(10.9.9.9)",
        "set /ports/2 addr_| > command(set) there(/ports/2) addr_",
        "set /ports/2 adr_| > command(set) there(/ports/2) wrong(adr_)",
        "set /ports/2 addr_trsvcid=99999 |> command(set) there(/ports/2)"
            + " addr_trsvcid=wrong(99999)",
      })
  void assignmentsAreLookedAtOnBothSides(String line, String marked) {
    assertEquals(marked, marked(line));
  }

  @ParameterizedTest
  @CsvSource({
    "device_path=/dev/nvme1n1, there(/dev/nvme1n1)",
    "device_path=/dev/nvme99n1, wrong(/dev/nvme99n1)",
    "device_path=/dev/nvm, wrong(/dev/nvm)",
    "device_path=/var/lib/disk.img, /var/lib/disk.img",
    "pci_device_path=0000:85:00.0, there(0000:85:00.0)",
    "pci_device_path=85:00.0, there(85:00.0)",
    "pci_device_path=0000:99:00.0, wrong(0000:99:00.0)",
    "pci_device_path=clear, there(clear)",
  })
  void drivesAreThoseOfTheMachine(String assignment, String value) {
    String line = "set /subsystems/testsubsystem/namespaces/1 " + assignment + " ";
    String key = assignment.substring(0, assignment.indexOf('=') + 1);
    assertEquals(
        "command(set) there(/subsystems/testsubsystem/namespaces/1) " + key + value,
        marked(line + "|"));
  }

  @Test
  void aWordThatGrowsIsNotWrongYet() {
    String line = "set /subsystems/testsubsystem/namespaces/1 device_path=/dev/nvm";
    assertEquals(
        "command(set) there(/subsystems/testsubsystem/namespaces/1) device_path=/dev/nvm",
        marked(line + "|"));
  }

  private static String marked(String typed) {
    int cursor = typed.indexOf('|');
    String line = typed.substring(0, cursor) + typed.substring(cursor + 1);
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (Span span : LineMarks.of(TAB.shell().session().context(), line, cursor)) {
      String mark = span.mark().name().toLowerCase(Locale.ROOT);
      text.append(line, end, span.start())
          .append(mark)
          .append('(')
          .append(line, span.start(), span.end())
          .append(')');
      end = span.end();
    }
    return text.append(line.substring(end)).toString().strip();
  }
}
