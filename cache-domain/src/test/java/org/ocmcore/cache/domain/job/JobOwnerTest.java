package org.ocmcore.cache.domain.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;

class JobOwnerTest {
  private static JobOwner owner(String name, String apps) {
    return new JobOwner(
        name,
        "operator",
        apps.equals("all")
            ? AppScope.ALL
            : AppScope.of(Arrays.stream(apps.split("-")).map(AppName::new).toList()));
  }

  @ParameterizedTest
  @CsvSource({
    "vera, all, anna, shop, true",
    "vera, shop, anna, shop, false",
    "vera, shop, vera, shop, true",
    "vera, shop-bank, vera, shop, true",
    "vera, shop, vera, shop-bank, false",
    "vera, shop, vera, all, false"
  })
  void callersWithFewerAppsThanThenSeeNothing(
      String name, String apps, String owner, String then, boolean expected) {
    assertEquals(expected, owner(name, apps).maySee(owner(owner, then)));
  }
}
