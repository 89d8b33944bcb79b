package io.nvmetsh.kernel.sim;

import static io.nvmetsh.schema.Since.linux;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.Feature;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.Since;
import org.jspecify.annotations.Nullable;

/** The addr_* attributes, which ports and referrals share. */
record AddressRules(Nvmet nvmet) {

  /** A word and where the kernel knows it. */
  private record Word(String text, Since since) {}

  private static final Word[] TRTYPES = {
    new Word("rdma", linux(4, 8)),
    new Word("fc", linux(4, 10)),
    new Word("tcp", linux(5, 0)),
    new Word("pci", linux(6, 14)),
    new Word("loop", linux(4, 8)),
  };
  private static final Word[] ADRFAMS = {
    new Word("ipv4", linux(4, 8)),
    new Word("ipv6", linux(4, 8)),
    new Word("ib", linux(4, 8)),
    new Word("fc", linux(4, 10)),
    new Word("pci", linux(6, 14)),
    new Word("loop", linux(5, 8)),
  };
  private static final Word[] TREQS = {
    new Word("not specified", linux(4, 8)),
    new Word("required", linux(4, 8)),
    new Word("not required", linux(4, 8)),
  };

  /** What addr_traddr holds without the byte that ends it (NVMF_TRADDR_SIZE). */
  private static final int TRADDR_SIZE = 256;

  private static final int TRSVCID_SIZE = 32;

  // The first bytes of the union behind traddr (nvmf_disc_rsp_page_entry.tsas), as characters.
  static final String TSAS = ".tsas";
  static final String TSAS_RDMA = "\u0001\u0001\u0001";
  static final String TSAS_TLS13 = "\u0002";

  void store(SimNode node, String attribute, Page page) throws Deny {
    switch (attribute) {
      case "addr_trtype" -> storeTrtype(node, page);
      case "addr_adrfam" -> {
        requireDisabled(node, "nvmet_addr_adrfam_store");
        node.set(attribute, word(ADRFAMS, page, "adrfam"));
      }
      case "addr_treq" -> storeTreq(node, page);
      case "addr_traddr" -> storeTraddr(node, page);
      case "addr_trsvcid" -> storeTrsvcid(node, page);
      case "addr_tsas" -> storeTsas(node, page);
      default -> throw new Deny(Errno.EACCES);
    }
  }

  String show(SimNode node, String attribute) {
    String value = node.value(attribute);
    return switch (attribute) {
      case "addr_tsas" -> tsas(node);
      // The text fills its field, and what stands behind it is shown as well.
      case "addr_traddr" -> value.length() < TRADDR_SIZE ? value : value + node.value(TSAS);
      default -> value;
    };
  }

  /** nvmet_is_port_enabled, or its forerunner. */
  void requireDisabled(SimNode node, String function) throws Deny {
    if (isLocked(node)) {
      if (nvmet.has(Quirk.PORT_LOCK_NAMES_FUNCTION)) {
        nvmet
            .log()
            .print(
                Nvmet.NAME,
                "Disable port '" + id(node) + "' before changing attribute in " + function);
      } else {
        nvmet.log().print(Nvmet.NAME, "Cannot modify address while enabled");
        nvmet.log().print(Nvmet.NAME, "Disable the address before modifying");
      }
      throw new Deny(Errno.EACCES);
    }
  }

  static boolean isLocked(SimNode node) {
    return node.kind() == NodeKind.PORT ? Nvmet.isEnabled(node) : node.flag("enable");
  }

  private static String id(SimNode node) {
    return node.kind() == NodeKind.PORT
        ? Long.toString(Nvmet.number(node))
        : node.value("addr_portid");
  }

  /** "Invalid value 'V' for A". */
  Deny invalid(Page page, String what) {
    nvmet.log().print(Nvmet.NAME, "Invalid value '" + page.text() + "' for " + what);
    return new Deny(Errno.EINVAL);
  }

  private String word(Word[] words, Page page, String what) throws Deny {
    for (Word word : words) {
      if (page.is(word.text()) && word.since().covers(nvmet.profile().flavor())) {
        return word.text();
      }
    }
    throw invalid(page, what);
  }

  /** nvmet_addr_trtype_store: what the transport keeps in tsas begins anew. */
  private void storeTrtype(SimNode node, Page page) throws Deny {
    requireDisabled(node, "nvmet_addr_trtype_store");
    String trtype = word(TRTYPES, page, "trtype");
    node.set("addr_trtype", trtype);
    node.set(TSAS, trtype.equals("rdma") ? TSAS_RDMA : "");
  }

  /** nvmet_addr_treq_store. */
  private void storeTreq(SimNode node, Page page) throws Deny {
    requireDisabled(node, "nvmet_addr_treq_store");
    String treq = word(TREQS, page, "treq");
    if (isTls(node)) {
      if (treq.equals("not specified")) {
        throw new Deny(Errno.EINVAL);
      } else if (treq.equals("not required")) {
        nvmet.log().print(Nvmet.NAME, "Allow non-TLS connections while TLS1.3 is enabled");
      }
    }
    node.set("addr_treq", treq);
  }

  /** nvmet_addr_traddr_store: the length comes first, then the lock, and no look at the address. */
  private void storeTraddr(SimNode node, Page page) throws Deny {
    if (page.count() > TRADDR_SIZE) {
      throw invalid(page, "traddr");
    }
    requireDisabled(node, "nvmet_addr_traddr_store");
    String value = text(page, TRADDR_SIZE);
    node.set("addr_traddr", value);
    if (value.length() == TRADDR_SIZE) {
      // The NUL that ends it lands in the first byte of the next field.
      node.set(TSAS, "");
    }
  }

  /** nvmet_addr_trsvcid_store. */
  private void storeTrsvcid(SimNode node, Page page) throws Deny {
    if (page.count() > TRSVCID_SIZE) {
      throw invalid(page, "trsvcid");
    }
    requireDisabled(node, "nvmet_addr_trsvcid_store");
    node.set("addr_trsvcid", text(page, TRSVCID_SIZE));
  }

  private String text(Page page, int size) throws Deny {
    if (!nvmet.has(Quirk.NEWLINE_KEPT)) {
      return page.word();
    }
    return page.text().length() < size ? page.text() : page.text().substring(0, size - 1);
  }

  private static boolean isTls(SimNode node) {
    return node.value("addr_trtype").equals("tcp") && node.value(TSAS).equals(TSAS_TLS13);
  }

  /** nvmet_addr_tsas_show. */
  private static String tsas(SimNode node) {
    return switch (node.value("addr_trtype")) {
      case "tcp" -> node.value(TSAS).isEmpty() ? "none" : "tls1.3";
      case "rdma" -> node.value(TSAS).isEmpty() ? "" : "connected";
      default -> "";
    };
  }

  /** nvmet_addr_tsas_store. */
  private void storeTsas(SimNode node, Page page) throws Deny {
    requireDisabled(node, "nvmet_addr_tsas_store");
    String trtype = node.value("addr_trtype");
    @Nullable String wanted = page.is("none") ? "" : page.is("tls1.3") ? TSAS_TLS13 : null;
    if (trtype.equals("rdma") && page.is("connected") && !node.value(TSAS).isEmpty()) {
      return;
    } else if (!trtype.equals("tcp") || wanted == null) {
      throw invalid(page, "tsas");
    }
    if (!wanted.isEmpty() && !nvmet.profile().flavor().has(Feature.TLS)) {
      nvmet.log().print(Nvmet.NAME, "TLS is not supported");
      throw new Deny(Errno.EINVAL);
    }
    node.set(TSAS, wanted);
    if (wanted.isEmpty()) {
      node.set("addr_treq", "not specified");
    } else if (node.value("addr_treq").equals("not specified")) {
      node.set("addr_treq", "required");
    }
  }
}
