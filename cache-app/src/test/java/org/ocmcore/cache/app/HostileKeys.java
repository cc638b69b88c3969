package org.ocmcore.cache.app;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.ocmcore.cache.adapter.http.ApiClient;

/** Keys that try to become a part of a page, of a file or of a path. */
final class HostileKeys {
  static final List<String> CORPUS = List.of(
      "<script>alert(1)</script>",
      "<img/src=x/onerror=alert(1)>",
      "<svg/onload=alert(1)>",
      "<svg><script>alert(1)</script></svg>",
      "\"><img/src/onerror=alert(1)>",
      "'><iframe/src=javascript:alert(1)>",
      "javascript:alert(1)",
      "data:text/html,<script>alert(1)</script>",
      "</bdi></div><script>alert(1)</script>",
      "</script><script>alert(1)</script>",
      "<math><mtext></p><style><!--</style><img/src/onerror=alert(1)>",
      "<a/href=javascript:alert(1)>x</a>",
      "<form><button/formaction=javascript:alert(1)>x",
      "<input/autofocus/onfocus=alert(1)>",
      "<details/open/ontoggle=alert(1)>",
      "<template><script>alert(1)</script></template>",
      "<base/href=//evil.example/>",
      "<link/rel=stylesheet/href=//evil.example/x.css>",
      "<meta/http-equiv=refresh/content=0;url=//evil.example>",
      "<object/data=//evil.example>",
      "${alert(1)}",
      "{{constructor.constructor('alert(1)')()}}",
      "`${alert(1)}`",
      "__proto__",
      "constructor",
      "toString",
      "%3Cscript%3Ealert(1)%3C/script%3E",
      "&lt;script&gt;alert(1)&lt;/script&gt;",
      "&#60;img/src/onerror=alert(1)&#62;",
      "#/keys?prefix=x",
      "?a=b&c=d#e",
      "a/../b",
      "..",
      "+plus+",
      "\\u003cscript>",
      "abc\u202etxt.exe",
      "\u2066left\u2069\u200f",
      "zero\u200bwidth\u200d\ufeff",
      "\u00ad\u2060\u180e",
      "\ud83e\udd8a:\u65e5\u672c\u8a9e",
      "\u0627\u0644\u0639\u0631\u0628\u064a\u0629:1",
      "e\u0301".repeat(40));

  private HostileKeys() {}

  /** Stores all of them, each with its own text as its value, and one that is no text. */
  static void store(ApiClient api) {
    CORPUS.forEach(key -> store(api, key.getBytes(StandardCharsets.UTF_8)));
    api.send("POST", "/key/?key_base64=Af_-PHNjcmlwdD4=", "{\"value\": 1}").expect(201);
  }

  /** Stores a key whose value are its own bytes. */
  static void store(ApiClient api, byte[] key) {
    api.send(
            "POST",
            "/key/?key_base64=" + Base64.getUrlEncoder().encodeToString(key),
            "{\"value\": {\"base64\": \"%s\"}}".formatted(Base64.getEncoder().encodeToString(key)))
        .expect(201);
  }
}
