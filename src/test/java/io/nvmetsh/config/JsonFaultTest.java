package io.nvmetsh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.schema.NvmetshException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is no JSON is refused in words for whoever edits it. */
class JsonFaultTest {

  private static String refused(String text) {
    NvmetshException e =
        assertThrows(
            NvmetshException.class,
            () -> ConfigReader.read("f.json", text, SimProfile.named("6.12").flavor()));
    assertEquals(List.of("f.json"), e.problem().detail("path").stream().toList());
    return e.problem().message();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "{\"subsystems\":[{\"nqn\":\"a\",}]}| line 1, column 27: this is no JSON: }]}",
        "create /hosts/h| line 1, column 1: this is no JSON: create /hosts/h",
        "{\"hosts\":[],\"hosts\":[]}| line 1, column 20: the name before this place is there twice",
        "{\"hosts\":[]} {}| line 1, column 14: something follows the end of what is one JSON document",
        "{\"hosts\":[| line 1, column 11: the file ends here, and the [ of line 1 is not closed: it is cut short",
        "{\"hosts\":7,\"ports\":[}| line 1, column 21: this is no JSON: }",
        "{\"hosts\": 00| line 1, column 12: this is no JSON: 0",
      })
  void thePlaceAndTheReason(String text, String said) {
    assertEquals("f.json: " + said, refused(text));
  }

  /** Wherever it is cut short, nothing of the parser's own is said, and a place is. */
  @Test
  void cutShortAnywhere() {
    String text =
        "{\n  \"hosts\": [\n    {\n      \"nqn\": \"h\\u0041\"\n    }\n  ],\n  \"ports\": []\n}";
    for (int end = 1; end < text.length(); end++) {
      String said = refused(text.substring(0, end));
      assertTrue(said.startsWith("f.json: line "), said);
      assertTrue(said.contains("the file ends here"), end + ": " + said);
      for (String word : List.of("REDACTED", "Source", "JsonToken", "marker", "Feature")) {
        assertFalse(said.contains(word), said);
      }
    }
  }
}
