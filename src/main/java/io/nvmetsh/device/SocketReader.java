package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads which TCP sockets listen, from {@code /proc/net/tcp} and {@code tcp6}: {@code 0:
 * 0101A8C0:1144 00000000:0000 0A ...}. An address is printed word by word as the processor stores
 * it, which is backwards on all that run the vendor's drivers.
 */
final class SocketReader {

  /** TCP_LISTEN in include/net/tcp_states.h. */
  private static final String LISTENING = "0A";

  private final SysValues values;

  SocketReader(SysTree tree) {
    this.values = new SysValues(tree);
  }

  List<TcpListener> listeners() {
    List<TcpListener> found = new ArrayList<>();
    for (String file : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      for (String line : SysValues.lines(values.rawText(file))) {
        List<String> words = SysValues.words(line);
        if (words.size() > 3 && words.get(3).equals(LISTENING)) {
          listener(words.get(1)).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Optional<TcpListener> listener(String text) {
    int colon = text.indexOf(':');
    if (colon != 8 && colon != 32) {
      return Optional.empty();
    }
    StringBuilder digits = new StringBuilder(colon);
    for (int word = 0; word < colon; word += 8) {
      for (int at = word + 6; at >= word; at -= 2) {
        digits.append(text, at, at + 2);
      }
    }
    Optional<Long> port = SysValues.parse(text.substring(colon + 1), 16);
    @Nullable String address =
        colon == 32
            ? IpText.ofDigits(digits.toString())
            : SysValues.parse(digits.toString(), 16).map(IpText::ipv4).orElse(null);
    return port.isEmpty() || address == null
        ? Optional.empty()
        : Optional.of(new TcpListener(address, port.get().intValue()));
  }
}
