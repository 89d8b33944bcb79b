package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.NaturalOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What sorting would choose, chosen without: whatever the order, and whatever the names. */
class FrontTest {

  private static final int MOST = 30;

  private static Front of(List<String> names) {
    Front front = new Front(MOST);
    names.forEach(front::add);
    return front;
  }

  private static List<String> numbered(int count, String lead) {
    List<String> names = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      names.add(lead + number);
    }
    return names;
  }

  private static String common(List<String> names) {
    String common = names.get(0);
    for (String name : names) {
      while (!name.startsWith(common)) {
        common = common.substring(0, common.length() - 1);
      }
    }
    return common;
  }

  private static void chosenAsSorted(List<String> names) {
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(NaturalOrder.INSTANCE);
    List<String> shown = of(names).names();
    assertEquals(Math.min(MOST, names.size()), shown.size());
    // the last place may be that of the odd one
    int certain = names.size() <= MOST ? names.size() : MOST - 1;
    assertEquals(sorted.subList(0, certain), shown.subList(0, certain));
    assertEquals(common(names), common(shown));
    assertEquals(names.size(), of(names).count());
  }

  @Test
  void theFirstInWhateverOrderTheyCome() {
    for (int count : List.of(1, MOST, MOST + 1, 100, 5000)) {
      List<String> names = numbered(count, "nqn.2024-01.io.example:d");
      chosenAsSorted(names);
      Collections.reverse(names);
      chosenAsSorted(names);
      Collections.shuffle(names, new Random(count));
      chosenAsSorted(names);
    }
  }

  @Test
  void theFirstEvenWhereASampleMisleads() {
    List<String> names = numbered(3000, "b");
    // every hundredth is among those that a sample takes, and they are all in front
    for (int i = 0; i < names.size(); i += 100) {
      names.set(i, "a" + i);
    }
    chosenAsSorted(names);
  }

  @Test
  void theOddOneIsShownSoThatNoWrongLettersAreTyped() {
    List<String> names = numbered(2000, "nqn.a:");
    names.add(1234, "nqn.zz");
    Collections.shuffle(names, new Random(1));
    List<String> shown = of(names).names();
    assertEquals("nqn.zz", shown.get(MOST - 1));
    chosenAsSorted(names);
  }

  @Test
  void anyNamesAtAll() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      String letters = round % 2 == 0 ? "ab01" : "019";
      List<String> names = new ArrayList<>();
      int count = 1 + random.nextInt(200);
      for (int i = 0; i < count; i++) {
        StringBuilder name = new StringBuilder("x");
        for (int j = random.nextInt(5); j >= 0; j--) {
          name.append(letters.charAt(random.nextInt(letters.length())));
        }
        if (!names.contains(name.toString())) {
          names.add(name.toString());
        }
      }
      chosenAsSorted(names);
    }
  }

  @Test
  void nothingIsShownOfNothing() {
    assertTrue(of(List.of()).names().isEmpty());
  }
}
