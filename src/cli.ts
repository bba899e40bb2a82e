import { existsSync } from 'node:fs'
import { seed } from '../db/seed/seed.ts'
import { configure, openHome } from './node/prepare.ts'
import { serve } from './node/serve.ts'
import { migrate } from './store/migrate.ts'

const USAGE = `madoguchi <command>

  serve     migrate, seed an empty development database, and serve
  migrate   bring the database up to date
  seed      fill an empty database with the published schedule
`

if (existsSync('.env')) process.loadEnvFile('.env')

const [command] = process.argv.slice(2)

async function onDatabase(work: (home: ReturnType<typeof openHome>) => Promise<string>): Promise<void> {
  const configured = configure(process.env)
  if (!configured.ok) throw new Error(configured.faults.join('\n'))
  const home = openHome(configured.config, { kind: 'system', name: 'cli' })
  try {
    console.log(await work(home))
  } finally {
    await home.ctx.store.close()
  }
}

try {
  if (command === 'serve') {
    await serve(process.env, (line) => console.log(line))
  } else if (command === 'migrate') {
    await onDatabase(async ({ ctx, migrations }) => {
      const applied = await migrate(ctx.store, migrations, ctx.clock.now())
      return applied.length > 0 ? `Applied ${applied.join(', ')}` : 'Nothing to apply: the database is up to date'
    })
  } else if (command === 'seed') {
    await onDatabase(async ({ ctx, migrations }) => {
      await migrate(ctx.store, migrations, ctx.clock.now())
      return (await seed(ctx)) ? 'Seeded the published schedule' : 'Nothing seeded: the database is not empty'
    })
  } else {
    console.log(USAGE)
    process.exitCode = command === undefined || command === 'help' ? 0 : 2
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
