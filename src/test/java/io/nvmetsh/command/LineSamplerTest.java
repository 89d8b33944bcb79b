package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LineSamplerTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

  private final TestShell shell = TestShell.on("6.12").has("create /subsystems/a");

  private Sampler of(String line) {
    return new LineSampler(shell.session().here(), CommandLine.of(List.of(line.split(" "))), NOON);
  }

  private String next(Sampler sampler) {
    Document document = sampler.sample(shell.session().context(), 0);
    return String.join(
        "\n", Layout.of(0, false).lines(document).stream().map(Layout.Line::text).toList());
  }

  @Test
  void whatChangedIsMarkedAndCounted() {
    Sampler sampler = of("/subsystems ls");
    assertEquals(
        "time     12:00:00\nchanged  -\n\na/  0 namespaces, no host may connect", next(sampler));
    assertTrue(next(sampler).startsWith("time     12:00:00\nchanged  0\n"));
    shell.has("set /subsystems/a attr_allow_any_host=1", "create /subsystems/b");
    String text = next(sampler);
    assertTrue(text.contains("changed  2\n"), text);
    assertTrue(text.contains("a/    0 namespaces, any host *"), text);
    assertTrue(text.contains("b/ +  0 namespaces, no host may connect"), text);
    shell.has("delete /subsystems/b");
    text = next(sampler);
    assertTrue(text.contains("changed  1\n") && !text.contains("+"), text);
  }

  @Test
  void ofNamedValuesAndTreesToo() {
    Sampler pairs = of("get /subsystems/a attr_allow_any_host");
    Sampler tree = of("tree /subsystems");
    next(pairs);
    next(tree);
    shell.has("set /subsystems/a attr_allow_any_host=1");
    assertTrue(next(pairs).endsWith("attr_allow_any_host  1 *"));
    String text = next(tree);
    assertTrue(text.contains("any host *") && text.contains("changed  1\n"), text);
  }

  @Test
  void filtersChooseWhatIsWatchedAndLeaveTheTime() {
    Pattern none = Pattern.compile("nothing");
    UnaryOperator<Document> filter =
        document -> Rows.choose(document, row -> none.matcher(row).find());
    Sampler sampler = of("ls /subsystems").through(filter);
    next(sampler);
    shell.has("create /subsystems/b");
    assertEquals("time     12:00:00\nchanged  0", next(sampler));
  }

  @Test
  void theDataStaysAsItIs() {
    Sampler sampler = of("ls /subsystems");
    next(sampler);
    shell.has("create /subsystems/b");
    Object data = DocumentData.of(sampler.sample(shell.session().context(), 0));
    assertTrue(data.toString().contains("name=b,"), data.toString());
    assertTrue(data.toString().contains("time=2026-01-02T12:00:00Z, changed=1"), data.toString());
  }
}
