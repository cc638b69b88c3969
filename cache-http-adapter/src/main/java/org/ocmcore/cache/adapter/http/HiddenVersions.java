package org.ocmcore.cache.adapter.http;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Entity tags for callers who may see some apps only. A version is a number that memcached counts
 * up with every store on its server (doc/protocol.txt, "cas"), so it would tell of the others'
 * stores. These callers get it encrypted, with a key that ends with the process. Safe for use by
 * any number of threads.
 */
final class HiddenVersions {
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");
  private static final Pattern HIDDEN = Pattern.compile("[0-9a-f]{32}");

  /** No server counts so far. */
  private static final String NONE = "9".repeat(18);

  private static final int KEY_BYTES = 16;

  private final SecretKeySpec key;

  HiddenVersions() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, "AES");
  }

  /** The text of a tag as it is shown. Texts that are no version stay as they are. */
  String hide(String text) {
    if (!VERSION.matcher(text).matches()) {
      return text;
    }
    ByteBuffer block = ByteBuffer.allocate(2 * Long.BYTES).putLong(0).putLong(Long.parseLong(text));
    return HexFormat.of().formatHex(execute(Cipher.ENCRYPT_MODE, block.array()));
  }

  /** The text of the tag that is shown like this. One that was never shown is of no value. */
  String reveal(String shown) {
    if (!HIDDEN.matcher(shown).matches()) {
      return NONE;
    }
    ByteBuffer block =
        ByteBuffer.wrap(execute(Cipher.DECRYPT_MODE, HexFormat.of().parseHex(shown)));
    return block.getLong() == 0 ? Long.toString(block.getLong()) : NONE;
  }

  /** One block: each version has one tag, and nobody else can make one. */
  private byte[] execute(int mode, byte[] block) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(mode, key);
      return cipher.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }
}
