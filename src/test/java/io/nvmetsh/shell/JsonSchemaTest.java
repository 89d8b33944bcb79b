package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.nvmetsh.command.Commands;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.kernel.sim.SimTarget;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.session.Session;
import io.nvmetsh.session.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every document that {@code --json} prints is one that the schema in the reference describes. */
class JsonSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path REFERENCE = Path.of("docs/reference");

  /** What there is when a line is tried: of each kind of object one, linked. */
  private static final List<String> SETUP =
      List.of(
          "create /subsystems/testsubsystem attr_allow_any_host=1",
          "create /subsystems/testsubsystem/namespaces/1 device_path=/dev/nvme0n1 enable=1",
          "create /subsystems/testsubsystem/namespaces/2",
          "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
              + " addr_trsvcid=4420",
          "link /subsystems/testsubsystem /ports/1",
          "create /hosts/nqn.2014-08.org.example:h1");

  private static final List<String> MORE =
      List.of(
          "frobnicate",
          "ls --wide",
          "ls /none",
          "create /ports/65536",
          "set /ports/1 addr_trtype=x",
          "delete /subsystems",
          "delete -r /subsystems/testsubsystem --dry-run",
          "replay none",
          "set /subsystems/testsubsystem/namespaces/1 enable=0",
          "set /subsystems/testsubsystem/namespaces/2 pci_device_path=0000:99:00.0 --force",
          "create /subsystems/testsubsystem/namespaces/3 device_path=/dev/nvme1n1",
          "replay --dry-run lines",
          "replay lines",
          "get /ports/1 | json");

  @TempDir Path folder;

  private static JsonSchema schema() throws IOException {
    JsonNode written = JSON.readTree(REFERENCE.resolve("nvmetsh.schema.json").toFile());
    JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(written);
    schema.initializeValidators();
    return schema;
  }

  @Test
  void describesWhatEveryLinePrints() throws IOException {
    Path examples = Files.createDirectories(folder.resolve("docs/examples"));
    Files.writeString(
        examples.resolve("testsubsystem.nvmetsh"), "create /subsystems/another\nls /\n");
    Files.writeString(folder.resolve("lines"), "create /ports/2\nls /ports\nlink none /ports/2\n");
    List<String> lines = new ArrayList<>(MORE);
    Commands.roster().all().forEach(command -> lines.addAll(command.spec().examples()));
    JsonSchema schema = schema();
    List<String> faults = new ArrayList<>();
    int documents = 0;
    for (String release : List.of("ofed-4.1", "ofed-25.10")) {
      for (String line : lines) {
        // a machine of its own: what a line finds does not hang on the lines before
        for (String document : printed(release, line)) {
          documents++;
          schema
              .validate(JSON.readTree(document))
              .forEach(fault -> faults.add(line + ": " + fault + "\n" + document));
        }
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(documents >= 4 * lines.size(), () -> "too few documents");
  }

  private List<String> printed(String release, String line) throws IOException {
    StringWriter data = new StringWriter();
    StringWriter talk = new StringWriter();
    Session session =
        new Session(
            SimTarget.start(
                    SimProfile.named(release), DumpSysTree.defaultMachine(), OptionalLong.of(1))
                .target(),
            Commands.roster(),
            new Settings(false, false, true, Optional.empty(), false, folder),
            new ShellOutput(
                new PrintWriter(data),
                new PrintWriter(talk),
                Renderer.plain(),
                Renderer.plain(),
                false));
    for (String made : SETUP) {
      session.run(made);
    }
    data.getBuffer().setLength(0);
    String option = line.contains("|") ? line.replace(" |", " --json |") : line + " --json";
    session.run(option);
    session.run(line.contains("|") ? "ls --help --json" : line + " --help --json");
    return data.toString().lines().toList();
  }

  /** A schema that takes anything would be true, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'result':7",
        "'result':[[1]]",
        "'result':[{'Device Path':'x'}]",
        "'result':[{'numa_node':'0'}]",
        "'result':[{'bytes':1.5}]",
        "'result':[{'pci_address':'85:00.0'}]",
        "'result':[{'device':{'name':'x'}}]",
        "'result':{'simulated':'yes'}",
        "'result':{'name':'x','children':[]}",
        "'result':{'name':'x','summary':null,'children':[{'name':'y'}]}",
        "'result':{'ports':[],'count':1}",
        "'result':[{'level':'bad','rule':'','about':[],'found':'','needed':'','mend':[],"
            + "'elsewhere':''}]",
        "'warnings':null",
        "'warnings':[{'rule':'R','severity':'error','path':'/','summary':'s','mend':[]}]",
        "'warnings':[{'rule':'R','severity':'note','path':'/','summary':'s'}]",
        "'operations':[{'operation':'mkdir /ports/1','done':true}]",
        "'operations':[{'operation':'mkdir /ports/1','disconnects':null,'done':1}]",
        "'status':7",
        "'status':0,'problem':{'kind':'usage','message':'m','hints':[]}",
        "'problem':{'kind':'other','message':'m','hints':[]}",
        "'problem':{'kind':'usage','message':'m'}",
        "'problem':{'kind':'usage','message':'m','hints':[],'because':'x'}",
        "'more':1"
      })
  void refusesWhatIsNotSo(String changed) throws IOException {
    String whole = "{'status':1,'result':null,'notes':[],'warnings':[],'operations':[],";
    JsonNode right = JSON.readTree((whole + "'problem':null}").replace('\'', '"'));
    assertEquals(List.of(), List.copyOf(schema().validate(right)));
    JsonNode change = JSON.readTree(("{" + changed + "}").replace('\'', '"'));
    JsonNode wrong = JSON.readerForUpdating(right).readValue(change.toString());
    change
        .properties()
        .forEach(field -> assertEquals(field.getValue(), wrong.get(field.getKey()), changed));
    assertFalse(schema().validate(wrong).isEmpty(), wrong::toString);
  }

  @Test
  void knowsEveryKindOfProblem() throws IOException {
    List<String> kinds = new ArrayList<>();
    schema()
        .getSchemaNode()
        .at("/$defs/problem/properties/kind/enum")
        .forEach(kind -> kinds.add(kind.asText()));
    assertEquals(
        Stream.of(Problem.Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList(),
        kinds);
  }

  @Test
  void describesTheExamplesOfItsPage() throws IOException {
    List<String> documents =
        Files.readAllLines(REFERENCE.resolve("json.md")).stream()
            .filter(line -> line.startsWith("{\"status\""))
            .toList();
    assertTrue(documents.size() >= 5, documents::toString);
    for (String document : documents) {
      assertEquals(List.of(), List.copyOf(schema().validate(JSON.readTree(document))), document);
    }
  }
}
