import { existsSync, readFileSync } from 'node:fs'
import { hashOfSources } from './node/sources.js'

/*
 * `node src/start.js main|cli …` starts a program from dist/ if its build is current, and from the sources if not.
 * It is JavaScript, so that every Node can read it and the program itself can say which Node it needs.
 */
const [program] = process.argv.splice(2, 1)
const built = new URL('../dist/hash', import.meta.url)

if (existsSync(built) && readFileSync(built, 'utf8') === hashOfSources()) {
  await import(program === 'cli' ? '../dist/cli.js' : '../dist/main.js')
} else {
  const { register } = await import('tsx/esm/api')
  register()
  await import(program === 'cli' ? './cli.ts' : './main.node.ts')
}
