package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic on absolute paths, and the walk through symbolic links that needs it. */
final class Links {

  /** As many links as the kernel follows in one path before it answers ELOOP. */
  static final int MOST = 40;

  /** Tells where the link at a path leads to; null when it is no link. */
  @FunctionalInterface
  interface Reader {
    /**
     * @param path absolute and normalised, no link on the way to it
     * @return absolute and normalised
     */
    @Nullable String target(String path);
  }

  private Links() {}

  /** Where a path leads to when every link is followed; null when they run in circles. */
  static @Nullable String follow(String path, Reader reader) {
    String todo = absolute("/", path);
    int seen = 0;
    int at = todo.equals("/") ? 1 : 0;
    while (at < todo.length()) {
      int end = todo.indexOf('/', at + 1);
      end = end < 0 ? todo.length() : end;
      String target = reader.target(todo.substring(0, end));
      if (target == null) {
        at = end;
      } else if (++seen > MOST) {
        return null;
      } else {
        todo = join(target, todo.substring(end));
        at = todo.equals("/") ? 1 : 0;
      }
    }
    return todo;
  }

  /** A link's target and what is left of a path after the link, empty or with a slash first. */
  static String join(String target, String rest) {
    return target.equals("/") && !rest.isEmpty() ? rest : target + rest;
  }

  /** {@code path} as seen from {@code directory}: absolute, without {@code .} and {@code ..}. */
  static String absolute(String directory, String path) {
    boolean fromRoot = path.startsWith("/");
    if (fromRoot && isNormal(path)) {
      return path;
    }
    List<String> parts = new ArrayList<>();
    if (!fromRoot) {
      add(parts, directory);
    }
    add(parts, path);
    return parts.isEmpty() ? "/" : "/" + String.join("/", parts);
  }

  /** May say no to a path that is, such as one with a hidden file; that costs time only. */
  private static boolean isNormal(String path) {
    int last = path.length() - 1;
    for (int slash = 0; slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (slash == last || path.charAt(slash + 1) == '/' || path.charAt(slash + 1) == '.') {
        return false;
      }
    }
    return true;
  }

  private static void add(List<String> parts, String path) {
    int start = 0;
    while (start < path.length()) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      String part = path.substring(start, end);
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
      start = end + 1;
    }
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String child(String directory, String name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }
}
