package org.ocmcore.cache.domain.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexParserTest {
  private static RegexNode parse(String regex) {
    Pattern.compile(regex);
    return RegexParser.parse(regex).root();
  }

  private static RegexNode literal(int character) {
    return new RegexNode.Literal(character, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a 61",
        "\\. 2e",
        "\\x61 61",
        "\\x{1F511} 1f511",
        "\\u0061 61",
        "\\ud83d\\udd11 1f511",
        "\\ud83d d83d",
        "\\0141 61",
        "\\047 27",
        "\\t 9",
        "\\cJ a",
        "\\N{SPACE} 20",
        "\\Qa\\E 61",
        "🔑 1f511"
      })
  void anySpellingOfACharacterIsALiteral(String regex, String character) {
    assertEquals(literal(Integer.parseInt(character, 16)), parse(regex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"🔑*", "\\x61*", "\\u0061*", "\\0141*", "\\ud83d\\udd11*", "\\cJ*"})
  void aRepetitionRepeatsTheWholeCharacter(String regex) {
    RegexNode.Repetition repetition = assertInstanceOf(RegexNode.Repetition.class, parse(regex));
    assertInstanceOf(RegexNode.Literal.class, repetition.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a? 0 1 GREEDY",
        "a*? 0 2147483647 RELUCTANT",
        "a++ 1 2147483647 POSSESSIVE",
        "a{3} 3 3 GREEDY",
        "a{3,} 3 2147483647 GREEDY",
        "a{3,5}+ 3 5 POSSESSIVE"
      })
  void aRepetitionHasBoundsAndAMode(
      String regex, int min, int max, RegexNode.Repetition.Mode mode) {
    assertEquals(
        new RegexNode.Repetition(literal('a'), min, max, mode, regex.length()), parse(regex));
  }

  @Test
  void aCountAfterARepetitionLacksItsOperand() {
    RegexNode.Sequence sequence = assertInstanceOf(RegexNode.Sequence.class, parse("a{2}{3}"));
    RegexNode.Repetition second =
        assertInstanceOf(RegexNode.Repetition.class, sequence.parts().get(1));
    assertEquals(new RegexNode.MissingOperand(), second.body());
  }

  @Test
  void flagsHoldUntilTheirGroupEnds() {
    int insensitive = Pattern.CASE_INSENSITIVE;
    assertEquals(
        new RegexNode.Sequence(List.of(
            new RegexNode.Group(
                RegexNode.Group.Kind.CAPTURING,
                new RegexNode.Sequence(
                    List.of(new RegexNode.InlineFlags(), new RegexNode.Literal('a', insensitive)))),
            literal('b'))),
        parse("((?i)a)b"));
    assertEquals(
        new RegexNode.Alternation(List.of(
            new RegexNode.Sequence(
                List.of(new RegexNode.InlineFlags(), new RegexNode.Literal('a', insensitive))),
            new RegexNode.Group(RegexNode.Group.Kind.NON_CAPTURING, literal('b')))),
        parse("(?i)a|(?-i:b)"));
  }

  @ParameterizedTest
  @CsvSource({
    "(?=a), AHEAD, false",
    "(?!a), AHEAD, true",
    "(?<=a), BEHIND, false",
    "(?<!a), BEHIND, true"
  })
  void aLookAroundHasADirection(
      String regex, RegexNode.LookAround.Direction direction, boolean isNegated) {
    assertEquals(new RegexNode.LookAround(direction, isNegated, literal('a')), parse(regex));
  }

  @ParameterizedTest
  @CsvSource({"(a), CAPTURING", "(?<n>a), CAPTURING", "(?:a), NON_CAPTURING", "(?>a), ATOMIC"})
  void aGroupHasAKind(String regex, RegexNode.Group.Kind kind) {
    assertEquals(new RegexNode.Group(kind, literal('a')), parse(regex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a]", "[]a]", "[^]a]", "[a[b]&&[^c]]", "[\\]]", "[\\x{61}-\\u0063]"})
  void aClassEndsAtItsOwnBracket(String regex) {
    assertEquals(new RegexNode.CharacterClass(regex, false, 0), parse(regex));
  }

  @Test
  void classKnowsHalfSurrogates() {
    assertEquals(new RegexNode.CharacterClass("[a\\ud83d]", true, 0), parse("[a\\ud83d]"));
  }

  @Test
  void aBacktrackingOnlyPartIsANode() {
    assertEquals(
        new RegexNode.Sequence(List.of(
            new RegexNode.LineBreak(),
            new RegexNode.Cluster(),
            new RegexNode.Group(RegexNode.Group.Kind.CAPTURING, RegexNode.EMPTY),
            new RegexNode.BackReference(),
            new RegexNode.Assertion(RegexNode.Assertion.Kind.END_OF_LAST_MATCH, 0))),
        parse("\\R\\X()\\1\\G"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?=a)",
        "(a)\\1",
        "a*+",
        "(?>a)",
        "\\R",
        "\\X",
        "\\G",
        "(?m)^",
        "(?U)a",
        "[\\ud83d]"
      })
  void aBacktrackingOnlyPartHasNoAutomaton(String regex) {
    assertTrue(Automaton.of(RegexParser.parse(regex)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?-m)a", "\\ud83d\\udd11", "\\N{SPACE}", "(?iu:a)", "\\bа"})
  void aRegularExpressionHasAnAutomaton(String regex) {
    assertFalse(Automaton.of(RegexParser.parse(regex)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "a(?x)b, 3",
    "(?i-s)(?sx:b), 9",
    "ab\\b{g}, 2",
    "a[b&&], 3",
    "[[a]b&&], 5",
    "[\\da&&&b], 4",
    "[a&&[b&&]], 6"
  })
  void anUnsupportedPartIsRefusedWhereItStands(String regex, int position) {
    assertEquals(
        position,
        assertThrows(InvalidPattern.class, () -> RegexParser.parse(regex)).position());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        ".*a a",
        ".*?.*a a",
        ".*+a .*+a",
        ".*{2}a .*{2}a",
        ".*|a .*|a",
        "(?s).*a (?s).*a",
        "a.* a.*",
        "\\Q.*\\Ea \\x{2E}\\x{2A}a"
      })
  void leadingDotsAreLeftOut(String regex, String rest) {
    assertEquals(rest, RegexParser.parse(regex).withoutLeadingDots().text());
  }
}
