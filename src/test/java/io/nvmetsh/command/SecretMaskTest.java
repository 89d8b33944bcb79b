package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

  private static final String KEY = "DHHC-1:01:c2VjcmV0c2VjcmV0c2VjcmV0:";
  private final SecretMask mask = new SecretMask();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set /hosts/h dhchap_key=%s",
        "set /hosts/h 'dhchap_key=%s' dhchap_hash=hmac(sha256)",
        "set /hosts/h dhchap_key='%s",
        "set /hosts/h dhchap_key = %s",
        "set /hosts/h dhchap_key %s",
        "set /hosts/h dhchap key=%s",
        "set dhchap ctrl_key=\"%s\"",
        "create /hosts/h dhchap_ctrl_key=%s",
        "set /hosts/h dhchap_kye=%s",
        "sett /hosts/h dhcap_key=%s",
        "replay x --param dhchap_key_2=%s",
        "replay x --param=dhchap_key=%s",
        "\u201c%s\u201d",
        "%s",
        "echo (%s)"
      })
  void noFormOfALineShowsAKey(String form) {
    String line = form.replace("%s", KEY);
    assertFalse(mask.line(line).contains("c2Vjcm"), mask.line(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set /hosts/h dhchap_key=%s",
        "set /hosts/h dhchap_key='%s",
        "set /hosts/h dhchap key=%s",
        "set /hosts/h dhchap_kye=%s",
        "set /hosts/h dhchap_key %s",
      })
  void whatIsNoKeyButStandsForOneIsMaskedToo(String form) {
    String line = form.replace("%s", "hunter2");
    assertFalse(mask.line(line).contains("hunter2"), mask.line(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          set /hosts/h dhchap_key=${host_key}
          set /hosts/h dhchap_key="$host_key" dhchap_hash=hmac(sha512)
          replay x --param dhchap_key=@/root/key
          set /hosts/h dhchap_hash=hmac(sha256) dhchap_dhgroup=ffdhe2048
          set /subsystems/x/namespaces/1 device_path=/dev/nvme0n1 pci_device_path=0000:85:00.0
          modules load nvme num_p2p_queues=1
          create nqn.2014-08.org.nvmexpress:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6
          get dhchap_key
          """)
  void whatIsNoSecretStays(String line) {
    assertEquals(line, mask.line(line));
  }

  @Test
  void whatIsMaskedIsSeenToBe() {
    assertEquals(
        "set /hosts/h dhchap_key=*** dhchap_hash=hmac(sha256)",
        mask.line("set /hosts/h dhchap_key=" + KEY + " dhchap_hash=hmac(sha256)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set /hosts/h dhchap_key=%s",
        "set /hosts/h dhchap key=hunter2",
        "set /hosts/h dhchap_kye=hunter2",
        "create /hosts/h dhchap_hash=hmac(sha256) dhchap_ctrl_key=hunter2",
        "replay x --param k=%s",
        "explain %s",
      })
  void aProgramIsNotStartedWithAKey(String line) {
    assertTrue(mask.isIn(List.of(line.replace("%s", KEY).split(" "))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set /hosts/h dhchap_key=@k dhchap_ctrl_key=generate:sha256@c",
        "set /hosts/h dhchap_key=?",
        "set /hosts/h dhchap_key=generate",
        "set /hosts/h dhchap key=@k",
        "get /hosts/h dhchap_key dhchap_hash",
        "explain dhchap_key",
        "replay x --param key=1",
        "create /ports/1 addr_traddr=10.9.1.1",
        "create nqn.2014-08.org.nvmexpress:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
      })
  void aProgramIsStartedWithAnythingElse(String line) {
    assertFalse(mask.isIn(List.of(line.split(" "))));
  }

  @Test
  void whereAKeyComesFromIsKept() {
    String line = "set /hosts/h dhchap_key=? dhchap_ctrl_key=generate:sha256@/root/c";
    assertEquals(line, mask.line(line));
    assertEquals("set /hosts/h dhchap_key=***", mask.line("set /hosts/h dhchap_key=generateX"));
  }

  @Test
  void messagesMayNameTheAttribute() {
    String message = "/hosts/h: dhchap_key takes DHHC-1:HH:BASE64:; the value is empty";
    assertEquals(message, mask.message(message));
    assertEquals("no command is called ***", mask.message("no command is called " + KEY));
  }
}
