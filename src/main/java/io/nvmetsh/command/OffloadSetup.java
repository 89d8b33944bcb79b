package io.nvmetsh.command;

import io.nvmetsh.offload.Dialect;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code offload setup}: from nothing to an offloaded target, by four answers. Those that the line
 * does not have are asked for; the rest is as if it had.
 */
final class OffloadSetup {

  /** The verb. */
  static final String WORD = "setup";

  /** Without these there is nothing to set up, and none of them is anybody's but one's own. */
  private static final List<SetupKey> NEEDED =
      List.of(SetupKey.DRIVE, SetupKey.ADDRESS, SetupKey.NQN, SetupKey.HOSTS);

  /** What the subsystem is called on paper until it has a name. */
  private static final String UNNAMED = "nqn.2014-08.org.nvmexpress:unnamed";

  private final Context context;
  private final List<String> words;
  private final boolean force;

  private OffloadSetup(Context context, List<String> words, boolean force) {
    this.context = context;
    this.words = words;
    this.force = force;
  }

  static Effect of(Context context, Arguments arguments) {
    if (Dialect.of(context.tree()) == Dialect.NONE) {
      throw OffloadSwitch.impossible(context, "offload setup is not possible here").asException();
    }
    List<String> words = arguments.words().subList(1, arguments.words().size());
    OffloadSetup setup = new OffloadSetup(context, words, arguments.has("force"));
    SetupPlan plan = setup.checked(words);
    for (SetupKey key : NEEDED) {
      if (!isSaid(words, key)) {
        return new Effect.Ask(setup.question(key));
      }
    }
    NvmetPath subsystem = plan.path();
    return new Effect.SetUp(
        new Effect.Apply(
            new Plan(plan.changes(), arguments.has("force")),
            plan.notes(),
            ErrorOptions.manner(arguments, OnError.UNDO)),
        then -> ConnectCmdCommand.lines(then, subsystem));
  }

  /** The plan of what has been said, in which nothing is wrong. */
  private SetupPlan checked(List<String> said) {
    SetupAnswers answers = SetupAnswers.of(said);
    SetupAdvice advice = new SetupAdvice(context, answers);
    String name = answers.nqn().or(() -> advice.suggestion(SetupKey.NQN)).orElse(UNNAMED);
    SetupPlan plan = new SetupPlan(context, answers, name);
    new SetupCheck(context, answers, plan, advice, force).refuse();
    return plan;
  }

  private static boolean isSaid(List<String> words, SetupKey key) {
    return words.stream().anyMatch(word -> word.startsWith(key.word("")));
  }

  private Question question(SetupKey key) {
    SetupAdvice advice = new SetupAdvice(context, SetupAnswers.of(words));
    return new Question(
        key.question(),
        advice.suggestion(key),
        answer -> answered(key, answer),
        typed -> advice.within(new Patience(System::nanoTime)).candidates(key, "", typed),
        unanswered());
  }

  /** The word that an answer is, once it is known to be one. */
  private String answered(SetupKey key, String answer) {
    if (answer.isEmpty()) {
      throw SetupAnswers.refused(
          "nothing fits by itself, so it has to be said", SetupAdvice.look(key));
    }
    String word = key.word(key == SetupKey.DRIVE ? answer : answer.replace(" ", ""));
    List<String> more = new ArrayList<>(words);
    more.add(word);
    checked(more);
    return word;
  }

  private Problem unanswered() {
    List<String> missing = new ArrayList<>();
    List<String> example = new ArrayList<>();
    List<String> said = new ArrayList<>(words);
    for (SetupKey key : NEEDED) {
      if (!isSaid(words, key)) {
        missing.add(key.word());
        Optional<String> answer = new SetupAdvice(context, SetupAnswers.of(said)).suggestion(key);
        answer.map(key::word).ifPresent(said::add);
        example.add(SetupPlan.said(key, answer.orElse(key.name())));
      }
    }
    return Problem.of(
        Problem.Kind.UNCONFIRMED,
        "offload setup: nobody is here to be asked for " + String.join(", ", missing),
        "add to the line, for instance:  " + String.join(" ", example),
        "see what there is:  devices  and  nics");
  }

  /** What Tab offers behind the verb. */
  static List<Candidate> complete(Context context, Arguments before, String word) {
    List<String> words = before.words().subList(1, before.words().size());
    int equals = word.indexOf('=');
    for (SetupKey key : SetupKey.values()) {
      if (equals > 0 && word.startsWith(key.word(""))) {
        return new SetupAdvice(context, understood(words))
            .candidates(key, key.word(""), word.substring(equals + 1));
      }
    }
    Offer offer = new Offer(word);
    for (SetupKey key : SetupKey.values()) {
      if (!isSaid(words, key)) {
        offer.open(key.word(""), key.help());
      }
    }
    return offer.candidates();
  }

  /** A line that is still being typed need not be right. */
  private static SetupAnswers understood(List<String> words) {
    try {
      return SetupAnswers.of(words);
    } catch (NvmetshException e) {
      return SetupAnswers.of(List.of());
    }
  }
}
