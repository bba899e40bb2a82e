/** The lowest version of Node that runs this program. `.nvmrc` and `engines` in package.json name the same. */
export const NEEDED = 24

/** The message for a Node of this version, such as `v20.1.0`, or null if it is new enough. */
export function nodeProblem(version: string): string | null {
  const major = Number(/^v?(\d+)\./.exec(version)?.[1])
  if (major >= NEEDED) return null
  return [
    `Madoguchi needs Node ${NEEDED} or newer, and this is Node ${version.replace(/^v/, '')}.`,
    `On Linux and Windows \`npm ci\` fetches it: start by \`npm start\` or \`npm run …\`. Else install Node ${NEEDED}.`,
  ].join('\n')
}
