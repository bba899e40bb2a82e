import type { TestProject } from 'vitest/node'

/** Prints the seed before the first test, so that a run that failed can be repeated. */
export function setup(project: TestProject): void {
  process.stdout.write(`FAULT_SEED=${project.config.env.FAULT_SEED} repeats this run.\n`)
}
