package io.nvmetsh.command;

import io.nvmetsh.schema.NaturalOrder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** Files outside the target, for commands that read or write them. */
final class FileCompletion {

  /** How files with lines of this shell are called. */
  static final String SCRIPT = ".nvmetsh";

  private FileCompletion() {}

  /**
   * @param scripts whether scripts come before other files
   */
  static List<Candidate> of(Context context, String word, boolean scripts) {
    String lead = word.substring(0, word.lastIndexOf('/') + 1);
    Patience patience = context.patience();
    boolean hidden = word.startsWith(".", lead.length());
    TreeSet<String> directories = new TreeSet<>(NaturalOrder.INSTANCE);
    TreeSet<String> files = new TreeSet<>(NaturalOrder.INSTANCE);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(context.file(lead))) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if ((lead + name).startsWith(word) && (hidden || !name.startsWith("."))) {
          // what is not looked at any more is taken for a file that may go on
          (!patience.isOver() && Files.isDirectory(entry) ? directories : files).add(name);
        }
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      // a directory that cannot be read offers nothing
    }
    Offer offer = new Offer(context, word);
    for (String name : files) {
      if (scripts && name.endsWith(SCRIPT)) {
        offer.add(lead + name, "script");
      }
    }
    for (String name : directories) {
      offer.open(lead + name + "/", "directory");
    }
    for (String name : files) {
      offer.add(lead + name, patience.isLost(), () -> "");
    }
    return offer.candidates();
  }
}
