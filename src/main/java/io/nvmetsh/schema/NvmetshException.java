package io.nvmetsh.schema;

/**
 * Carries one {@link Problem} to the one place that shows it. The only exception thrown on purpose;
 * any other one that gets out is a bug.
 */
public final class NvmetshException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  NvmetshException(Problem problem) {
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
