import { nodeProblem } from './needed.ts'

// The first import of each program. An older Node crashes without a message in the first package with native code.
const problem = nodeProblem(process.version)
if (problem !== null) {
  process.stderr.write(`${problem}\n`)
  process.exit(1)
}
