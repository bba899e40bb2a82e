import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Projects with long files, which start first. At the end short files keep every core busy. */
const FIRST = ['worker', 'engines', 'processes', 'workerd', 'postgres']

function rank({ project }: TestSpecification): number {
  const at = FIRST.indexOf(project.name)
  return at < 0 ? FIRST.length : at
}

/** Orders the files of a run: groups as they are, in a group the projects with long files first. */
export class LongProjectsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- the sequencer's own method
    const sorted = await super.sort(files)
    const groupOf = (one: TestSpecification) => one.project.config.sequence.groupOrder
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || rank(a) - rank(b))
  }
}
