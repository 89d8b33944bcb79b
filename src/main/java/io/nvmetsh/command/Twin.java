package io.nvmetsh.command;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An object and the place for one like it, as {@code copy} and {@code rename} have them on the
 * line.
 */
record Twin(NvmetPath source, NvmetPath target) {

  private static final Set<NodeKind> KINDS =
      Set.of(
          NodeKind.HOST,
          NodeKind.SUBSYSTEM,
          NodeKind.NAMESPACE,
          NodeKind.PORT,
          NodeKind.REFERRAL,
          NodeKind.ANA_GROUP);

  /**
   * Reads the first two words of a line. A name alone is for a place beside the object.
   *
   * @param verb what the line is to do
   */
  static Twin of(Context context, String verb, Arguments arguments) {
    NvmetPath source = new Lookup(context).directory(arguments.required(0));
    NodeKind kind = source.kind().filter(KINDS::contains).orElseThrow(() -> fixed(verb, source));
    String word = arguments.required(1);
    NvmetPath typed = word.indexOf('/') < 0 ? source.parent().resolve(word) : context.resolve(word);
    boolean group = typed.kind().flatMap(NodeKind::member).filter(kind::equals).isPresent();
    NvmetPath target = group && kind.isNumbered() ? Members.complete(context.tree(), typed) : typed;
    if (target.kind().filter(kind::equals).isEmpty()) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              verb + ": " + target + " cannot be " + kind.one(),
              "write:  "
                  + verb
                  + " "
                  + Words.quote(source.toString())
                  + " "
                  + Words.quote(source.parent() + "/NAME"))
          .with("path", target.toString())
          .asException();
    }
    if (context.tree().isDirectory(target)) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              target + " exists already",
              "choose another name, or see what differs:  get --all " + Words.quote(target + ""))
          .with("path", target.toString())
          .asException();
    }
    if (!context.tree().isDirectory(target.parent())) {
      throw new Lookup(context).absent(target.parent());
    }
    return new Twin(source, target);
  }

  private static RuntimeException fixed(String verb, NvmetPath path) {
    return Problem.of(
            Problem.Kind.USAGE,
            verb + ": " + path + " is the kernel's own and has no other name",
            "name a host, subsystem, namespace, port, referral or ANA group")
        .with("path", path.toString())
        .asException();
  }

  /** Whether the kernel made the object by itself, with the port. */
  boolean isGroupOne() {
    return source.kind().filter(NodeKind.ANA_GROUP::equals).isPresent()
        && source.name().equals("1");
  }

  /** What Tab offers for both words. */
  static List<Candidate> complete(Context context, Arguments before, String word) {
    if (before.words().isEmpty()) {
      return PathCompletion.of(context, word, PathCompletion.REMOVABLE);
    }
    Optional<NvmetPath> source = new Lookup(context).find(before.required(0));
    return source.isEmpty() || before.words().size() > 1
        ? List.of()
        : PathCompletion.ofNew(context, word);
  }
}
