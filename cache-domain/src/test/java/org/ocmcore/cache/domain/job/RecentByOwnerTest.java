package org.ocmcore.cache.domain.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentByOwnerTest {
  private final RecentByOwner<Integer> recent = new RecentByOwner<>(4, 6);

  private void add(String owner, int... numbers) {
    for (int number : numbers) {
      recent.add(owner, "id" + number, number);
    }
  }

  @Test
  void anOwnerLosesTheOldest() {
    add("anna", 1, 2, 3, 4, 5);
    assertEquals(List.of(2, 3, 4, 5), recent.all());
    assertEquals(Optional.empty(), recent.find("id1"));
    assertEquals(Optional.of(5), recent.find("id5"));
  }

  @Test
  void ownersOfFewKeepTheirs() {
    add("anna", 1, 2);
    add("otto", 3);
    for (int i = 10; i < 100; i++) {
      add("vera", i);
    }
    assertEquals(List.of(1, 2, 3, 97, 98, 99), recent.all());
    add("anna", 100);
    assertEquals(List.of(2, 3, 97, 98, 99, 100), recent.all(), "who adds loses at a tie");
  }

  @Test
  void theOwnerOfMostMakesRoom() {
    add("anna", 1, 2, 3, 4);
    add("otto", 5, 6, 7);
    assertEquals(List.of(2, 3, 4, 5, 6, 7), recent.all());
    add("vera", 8, 9);
    assertEquals(5 + 1, recent.all().size());
    assertEquals(List.of(8, 9), recent.all().subList(4, 6));
  }

  @Test
  void manyOwnersStayWithinTheBound() {
    for (int i = 0; i < 50; i++) {
      add("owner" + i, i);
    }
    assertEquals(6, recent.all().size());
  }

  @Test
  void heavyThingsMakeRoom() {
    RecentByOwner<Integer> heavy = new RecentByOwner<>(4, 6, number -> number, 100);
    heavy.add("anna", "a", 20);
    heavy.add("vera", "b", 30);
    heavy.add("vera", "c", 40);
    assertEquals(List.of(20, 30, 40), heavy.all());
    heavy.add("vera", "d", 50);
    assertEquals(List.of(20, 50), heavy.all());
    heavy.add("anna", "e", 1_000);
    assertEquals(List.of(1_000), heavy.all(), "the newest stays");
  }
}
