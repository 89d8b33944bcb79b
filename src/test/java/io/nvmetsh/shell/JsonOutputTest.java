package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nvmetsh.command.Commands;
import io.nvmetsh.command.Document;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.kernel.sim.SimTarget;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.session.Outcome;
import io.nvmetsh.session.Session;
import io.nvmetsh.session.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code --json} a line is one document, whatever the line was and however it ended. */
class JsonOutputTest {

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final List<String> KEYS =
      List.of("status", "result", "notes", "warnings", "operations", "problem");

  private static final List<String> SETUP =
      List.of(
          "create /subsystems/testsubsystem attr_allow_any_host=1",
          "create /subsystems/testsubsystem/namespaces/1 device_path=/dev/nvme0n1 enable=1",
          "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
              + " addr_trsvcid=4420",
          "create /subsystems/testsubsystem/namespaces/2",
          "create /hosts/nqn.2014-08.org.example:h1");

  @TempDir Path folder;
  private final StringWriter data = new StringWriter();
  private final StringWriter talk = new StringWriter();
  private Session session;

  @BeforeEach
  void start() throws IOException {
    Path examples = Files.createDirectories(folder.resolve("docs/examples"));
    Files.writeString(
        examples.resolve("testsubsystem.nvmetsh"), "create /subsystems/another\nls /\n");
    Target target =
        SimTarget.start(
                SimProfile.named("ofed-4.1"), DumpSysTree.defaultMachine(), OptionalLong.of(1))
            .target();
    session =
        new Session(
            target,
            Commands.roster(),
            new Settings(false, false, true, Optional.empty(), false, folder),
            new ShellOutput(
                new PrintWriter(data),
                new PrintWriter(talk),
                Renderer.plain(),
                Renderer.plain(),
                false));
    for (String line : SETUP) {
      assertEquals(0, session.run(line).status().code(), talk::toString);
    }
    data.getBuffer().setLength(0);
    talk.getBuffer().setLength(0);
  }

  private JsonNode document(String line) throws IOException {
    Outcome outcome = session.run(line);
    String text = data.toString();
    data.getBuffer().setLength(0);
    assertEquals("", talk.toString(), line);
    assertEquals(1, text.lines().count(), text);
    JsonNode json = STRICT.readTree(text);
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    assertEquals(KEYS, keys, line);
    assertEquals(outcome.status().code(), json.get("status").asInt(), line);
    return json;
  }

  static Stream<String> examples() {
    return Commands.roster().all().stream().flatMap(command -> command.spec().examples().stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsOneDocument(String example) throws IOException {
    JsonNode planned = document(example + " --dry-run --json");
    assertFalse(planned.toString().contains("\"done\":true"), planned.toString());
    document(example + " --json");
    document(example + " --json --help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          frobnicate             | usage     |                            |
          ls --wide              | usage     |                            |
          ls /none               | not_found | path=/none                 |
          create /ports/65536    | invalid   | path=/ports/65536          | rule=port id
          set /ports/1 addr_x=1  | not_found | attribute=addr_x           |
          set /ports/1 addr_trtype=x | invalid | value=x                  | rule=transport
          delete /subsystems     | conflict  | path=/subsystems           |
          replay none            | file      | path=none                  |
          machine dump /none/x   | file      | path=/none/x               |
          set /subsystems/testsubsystem/namespaces/1 enable=0 | hazard | rule=HAZ-PCI-REENABLE |
          modules unload mlx5_core | conflict | value=mlx5_core           |
          set /subsystems/testsubsystem/namespaces/2 pci_device_path=0000:99:00.0 --force | refused | errno=EAGAIN |
          replay --verify --dry-run x | usage |                           |
          """)
  void aProblemSaysWhatItIsAbout(String line, String kind, String one, String two)
      throws IOException {
    JsonNode problem = document(line + " --json").get("problem");
    assertEquals(kind, problem.get("kind").asText(), problem.toString());
    assertFalse(problem.get("message").asText().isEmpty());
    assertTrue(
        problem.get("hints").isArray() && problem.get("hints").size() > 0, problem.toString());
    for (String detail : new String[] {one, two}) {
      if (detail != null) {
        int equals = detail.indexOf('=');
        assertEquals(
            detail.substring(equals + 1),
            problem.path(detail.substring(0, equals)).asText(),
            problem.toString());
      }
    }
  }

  @Test
  void warningsNotesAndOperationsHaveTheirPlaces() throws IOException {
    JsonNode json =
        document("create /subsystems/testsubsystem/namespaces/3 device_path=/dev/nvme1n1 --json");
    assertEquals(0, json.get("status").asInt());
    assertTrue(
        json.get("notes").get(0).asText().startsWith("pci_device_path=0000:86:00.0"),
        json.toString());
    List<String> rules = json.get("warnings").findValuesAsText("rule");
    assertTrue(rules.containsAll(List.of("OFF-NS-ONE", "OFF-NS-DRIVE")), rules.toString());
    assertEquals(
        "delete /subsystems/testsubsystem/namespaces/2",
        json.get("warnings").get(0).get("mend").get(0).asText());
    JsonNode planned = document("create /ports/2 --dry-run --json");
    assertEquals("mkdir /ports/2", planned.get("operations").get(0).get("operation").asText());
    assertEquals(1, document("create /ports/1 --json").get("status").asInt());
  }

  @Test
  void theDoctorTellsOfEachThingByItself() throws IOException {
    JsonNode seen = document("doctor --json").get("result");
    assertEquals("ok", seen.get("verdict").get(0).asText());
    JsonNode queues = seen.get("queues").get(0);
    assertEquals("note", queues.get("level").asText());
    assertEquals("OFF-Q-HA", queues.get("rule").asText());
    assertEquals("nvme0", queues.get("about").get(0).asText());
    assertEquals("1 queue granted, 0 needed by what is configured", queues.get("found").asText());
    assertTrue(queues.get("needed").asText().startsWith("2 for"), queues.toString());
    assertEquals("modules set nvme num_p2p_queues=2", queues.get("mend").get(0).asText());
    assertEquals("nvme is in use: set it for the next boot", queues.get("elsewhere").asText());
  }

  @Test
  void aScriptIsOneDocument() throws IOException {
    Files.writeString(folder.resolve("s"), "create /ports/2\nls /ports\nlink none /ports/2\npwd\n");
    JsonNode json = document("replay s --json");
    assertEquals(1, json.get("status").asInt());
    assertEquals("s:3: /subsystems has no none", json.get("problem").get("message").asText());
    assertEquals("3", json.get("problem").get("line").asText());
    assertEquals("2", json.get("result").get(1).get("name").asText());
  }

  @Test
  void countsAreNumbers() throws IOException {
    Files.writeString(folder.resolve("s"), "create /ports/2\ncreate /ports/3\n");
    JsonNode past = document("rollback --json");
    assertTrue(past.at("/result/past/0/changes").isIntegralNumber(), past.toString());
    assertTrue(document("record --json").at("/result/remembered").isIntegralNumber(), "record");
    JsonNode lines = document("script info s --json").at("/result/lines/create");
    assertTrue(lines.isIntegralNumber() && lines.asInt() == 2, lines.toString());
    Files.writeString(folder.resolve("s"), "create /ports/1 addr_trsvcid=4421\n");
    JsonNode other = document("replay s --json");
    assertTrue(other.at("/result/0/line").isIntegralNumber(), other.toString());
  }

  /** Numbers are numbers, and what is unknown is null. */
  @Test
  void valuesKeepTheirTypes() throws IOException {
    JsonNode devices = document("devices --json").get("result");
    assertTrue(devices.get(0).findValues("numa_node").get(0).isNumber(), devices.toString());
    JsonNode machine = document("machine --json").get("result");
    assertTrue(machine.get("simulated").isBoolean());
    assertTrue(machine.get("drives").isNumber());
  }

  /** What a line shows from time to time is a document each time. */
  @Test
  void aLineThatGoesOnIsSeveralDocuments() throws IOException {
    ShellOutput output =
        new ShellOutput(
            new PrintWriter(data),
            new PrintWriter(talk),
            Renderer.plain(),
            Renderer.plain(),
            false);
    output.asJson();
    output.show(Document.Lines.of("one"));
    output.goesOn();
    assertEquals("one", STRICT.readTree(data.toString()).get("result").get(0).asText());
    output.show(Document.Lines.of("two"));
    output.lineEnds(ExitStatus.DONE);
    List<String> lines = data.toString().lines().toList();
    assertEquals(2, lines.size());
    assertEquals("two", STRICT.readTree(lines.get(1)).get("result").get(0).asText());
  }
}
