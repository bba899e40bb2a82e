import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

const COUNT = 10

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`.padStart(8)

/** How long a file took in its process, in milliseconds: its imports and its tests. */
function took(file: TestModule): number {
  const { setupDuration, collectDuration, duration } = file.diagnostic()
  return setupDuration + collectDuration + duration
}

/** Prints the ten slowest files of a run. */
export default class implements Reporter {
  onTestRunEnd(files: readonly TestModule[]): void {
    const slowest = files.toSorted((a, b) => took(b) - took(a)).slice(0, COUNT)
    const lines = slowest.map(
      (file) => `${seconds(took(file))}  ${file.project.name}  ${relative(process.cwd(), file.moduleId)}`,
    )
    process.stdout.write(`\n The slowest files\n${lines.join('\n')}\n`)
  }
}
