package io.nvmetsh.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nvmetsh.schema.ValueType.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NqnTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nqn.2024-01.io.example:disk1",
        "nqn.2024-01.io.example",
        "nqn.2024-12.io.example:a b:c,d",
        "nqn.2014-08.org.nvmexpress.discovery",
        "nqn.2014-08.org.nvmexpress:uuid:8d4f0c0e-5a55-4d3f-9d6a-0f5c9d0c7a11",
        // names that do not claim to be NQNs, such as the one on the vendor's page
        "testsubsystem",
        "nqn",
        "-x",
        "\u4e2d\u6587"
      })
  void takesWhatTheKernelKeeps(String text) throws InvalidValue {
    assertEquals(text, Nqn.canonical(text));
  }

  @ParameterizedTest
  @CsvSource({
    "nqn.2024-1.io.example:x, begins like an NQN but not with nqn.YYYY-MM.",
    "nqn.io.example:x, begins like an NQN but not with nqn.YYYY-MM.",
    "nqn.2024-01, begins like an NQN but not with nqn.YYYY-MM.",
    "nqn.2024-01., begins like an NQN but not with nqn.YYYY-MM.",
    "NQN.2024-01.io.example:x, begins like an NQN but not with nqn.YYYY-MM.",
    "nqn.2024_01.io.example:x, begins like an NQN but not with nqn.YYYY-MM.",
    "nqn.2024-13.io.example:x, has no month 01 to 12 in its date",
    "nqn.2024-00.io.example:x, has no month 01 to 12 in its date",
    "nqn.2024-01.:x, has no reversed domain after its date",
    "nqn.2024-01.io example:x, has no reversed domain after its date",
    "nqn.2014-08.org.nvmexpress:uuid:1, is not 8-4-4-4-12 hexadecimal digits",
    "a/b, has a character that no name may have",
    "'a\nb', has a character that no name may have",
    "'a\u007fb', has a character that no name may have",
    "'', is empty"
  })
  void refusesWhatBeginsLikeOneAndIsNone(String text, String clause) {
    assertEquals(clause, assertThrows(InvalidValue.class, () -> Nqn.canonical(text)).getMessage());
  }

  /** NVMF_NQN_SIZE: what is longer is cut on the wire, and two subsystems become one. */
  @Test
  void countsBytes() throws InvalidValue {
    String longest = "nqn.2024-01.io.example:" + "x".repeat(200);
    assertEquals(longest, Nqn.canonical(longest));
    assertEquals(
        "has 224 bytes; an NQN has at most 223, the rest is cut off",
        assertThrows(InvalidValue.class, () -> Nqn.canonical(longest + "x")).getMessage());
    assertThrows(InvalidValue.class, () -> Nqn.canonical("\u4e2d".repeat(75)));
    Nqn.canonical("\u4e2d".repeat(74));
  }
}
