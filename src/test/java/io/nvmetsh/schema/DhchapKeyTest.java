package io.nvmetsh.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nvmetsh.schema.ValueType.InvalidValue;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhchapKeyTest {

  /** The key that the manual pages of nvme-cli show. */
  private static final String KNOWN = "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";

  @Test
  void aKeyIsWrittenAsOthersWriteIt() {
    byte[] checked = Base64.getDecoder().decode(KNOWN.split(":", -1)[2]);
    assertEquals(KNOWN, DhchapKey.text(DhchapKey.Form.PLAIN_32, Arrays.copyOf(checked, 32)));
  }

  @ParameterizedTest
  @CsvSource({"32,00,32", "48,00,48", "64,00,64", "sha256,01,32", "sha384,02,48", "sha512,03,64"})
  void aKeyHasItsHashItsLengthAndItsSum(String word, String hash, int length) throws InvalidValue {
    DhchapKey.Form form = KeySource.of("generate:" + word + "@f").orElseThrow().form();
    String key = DhchapKey.generate(form, new SecureRandom());
    assertEquals(key, ValueTypes.DHCHAP_KEY.canonical(key));
    String[] parts = key.split(":", -1);
    assertEquals(List.of("DHHC-1", hash, parts[2], ""), List.of(parts));
    byte[] checked = Base64.getDecoder().decode(parts[2]);
    assertEquals(length + 4, checked.length);
    CRC32 sum = new CRC32();
    sum.update(checked, 0, length);
    long found = 0;
    for (int i = 3; i >= 0; i--) {
      found = found << 8 | (checked[length + i] & 0xff);
    }
    assertEquals(sum.getValue(), found);
    assertNotEquals(key, DhchapKey.generate(form, new SecureRandom()));
  }

  @Test
  void aSourceIsKeptInThePlaceOfAKey() throws InvalidValue {
    for (String text : List.of("?", "@/root/a@b", "generate@k", "generate:sha512@/a/b")) {
      KeySource source = KeySource.of(text).orElseThrow();
      assertEquals(Optional.of(source), KeySource.in(source.placeholder()));
    }
    assertEquals("/root/a@b", KeySource.of("@/root/a@b").orElseThrow().file());
    assertEquals(Optional.empty(), KeySource.of(KNOWN));
    assertEquals(Optional.empty(), KeySource.in(KNOWN));
    assertEquals(Optional.empty(), KeySource.in(Placeholder.of("generate")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@", "generate", "generate@", "generate:sha256", "generate:md5@f", "generatex@f"})
  void halfASourceIsNone(String text) {
    Executable source = () -> KeySource.of(text);
    assertThrows(InvalidValue.class, source);
  }
}
