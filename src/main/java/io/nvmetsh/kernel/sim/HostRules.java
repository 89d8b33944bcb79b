package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;

/** Hosts: in-band authentication. */
record HostRules(Nvmet nvmet) implements Rules {

  private static final String[] HASHES = {"hmac(sha256)", "hmac(sha384)", "hmac(sha512)"};
  private static final String[] GROUPS = {
    "null", "ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144", "ffdhe8192"
  };

  @Override
  public boolean printsWithinPage() {
    return false;
  }

  @Override
  public void store(SimNode host, String attribute, Page page) throws Deny {
    switch (attribute) {
      case "dhchap_key", "dhchap_ctrl_key" -> storeKey(host, attribute, page);
      case "dhchap_hash" -> host.set(attribute, prefix(HASHES, page));
      case "dhchap_dhgroup" -> host.set(attribute, prefix(GROUPS, page));
      default -> throw new Deny(Errno.EACCES);
    }
  }

  /** nvmet_auth_set_key: nothing but the hash id is looked at. */
  private void storeKey(SimNode host, String attribute, Page page) throws Deny {
    if (page.text().isEmpty() && nvmet.has(Quirk.EMPTY_KEY_CLEARS)) {
      host.reset(attribute);
      return;
    }
    Sscanf scan = new Sscanf(page.text());
    if (!scan.literal("DHHC-1:") || !scan.signed()) {
      throw new Deny(Errno.EINVAL);
    }
    int hash = (int) (scan.value() & 0xff);
    if (hash > 3) {
      nvmet.log().print(Nvmet.NAME, "Invalid DH-HMAC-CHAP hash id " + hash);
      throw new Deny(Errno.EINVAL);
    }
    String key = page.text();
    int end = key.length();
    while (Page.isSpace(key.charAt(end - 1))) {
      end--;
    }
    host.set(attribute, key.substring(0, end));
  }

  /** nvme_auth_hmac_id, nvme_auth_dhgroup_id: what follows the word is not looked at. */
  private static String prefix(String[] words, Page page) throws Deny {
    for (String word : words) {
      if (page.text().startsWith(word)) {
        return word;
      }
    }
    throw new Deny(Errno.EINVAL);
  }
}
