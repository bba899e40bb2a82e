type End = () => unknown

const ends: End[] = []
const endsOfFile: End[] = []
let before = 0

/** Called after the running test; after the whole file if no test runs yet. The last one first. */
export function afterTest(end: End): void {
  ends.push(end)
}

/** Called after the last test of the running file. */
export function afterFile(end: End): void {
  endsOfFile.push(end)
}

/** Remembers that a test begins: what is added from now on ends with it. */
export function testBegins(): void {
  before = ends.length
}

/** Calls what was added since the test began. */
export async function testEnds(): Promise<void> {
  for (const end of ends.splice(before).toReversed()) await end()
}

/** Calls everything that is left. */
export async function fileEnds(): Promise<void> {
  before = 0
  for (const end of ends.splice(0).toReversed()) await end()
  for (const end of endsOfFile.splice(0).toReversed()) await end()
}
