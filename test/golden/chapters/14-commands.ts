import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fileName } from '../files.ts'
import { reseed } from '../fixed.ts'
import { files, h } from '../stage.ts'
import { on } from './02-plan.ts'
import { of } from './03-book.ts'

/** Runs commands of the command line on the same rows, and writes what each prints. */
async function commands(): Promise<void> {
  const entry = resolve('src/cli.ts')
  const reason = ['--reason', '停電のため']
  const session = on('acts', '2026-12-02')
  const lines = [
    ['help'],
    ['nothing'],
    ['doctor'],
    ['doctor', '--json'],
    ['calls'],
    ['forget', '--dry-run'],
    ['migrate'],
    ['seed'],
    ['copy'],
    ['staff'],
    ['call-off', session, ...reason],
    ['reschedule', session, '--date', '2026-12-24', ...reason],
    ['reschedule', session],
    ['reschedule', session, '--postpone', ...reason],
    ['convert', session, '--into', 'phone', ...reason],
    ['call-off', 'nothing', ...reason],
    ['suspend', '--region', 'kanto', '--from', '2026-12-21', '--to', '2027-01-31', '--into', 'online', ...reason],
    ['promote', of('ja', 'plain').id],
    ['draw', on('lottery', '2026-12-17')],
    ['announce', on('lottery', '2026-12-17')],
  ]
  Object.assign(process.env, {
    NODE_ENV: 'test',
    SECRET: 'a secret for tests only',
    PUBLIC_URL: 'http://localhost:8787',
    DATABASE_URL: `sqlite:${h.address}`,
  })
  const { argv } = process
  const { log, error } = console
  for (const [i, args] of lines.entries()) {
    const said: string[] = []
    Object.assign(console, {
      log: (line: string) => said.push(line),
      error: (line: string) => said.push(`error: ${line}`),
    })
    reseed(`cli ${i}`)
    process.argv = [...argv.slice(0, 2), ...args]
    process.exitCode = 0
    await import(`${pathToFileURL(entry).href}?run=${i}`)
    Object.assign(console, { log, error })
    files.write(
      `cli/${String(i).padStart(2, '0')} ${fileName(args.join(' ').slice(0, 80))}`,
      `${process.exitCode}\n${said.join('\n')}\n`,
    )
  }
  process.argv = argv
  process.exitCode = 0
}
await commands()
