import { deliver } from '../../src/mail/deliver.ts'
import { smtpMailer } from '../../src/mail/smtp.ts'
import { world } from '../world.ts'

/*
 * A process that sends the letters of an address through a mail server, until none is due: `sender.ts <address> <server>
 * <now>`.
 */
const [on = '', server = '', now = ''] = process.argv.slice(2)
const w = await world({ on, now, env: { SMTP_URL: server, MAIL_FROM: '窓口 <noreply@madoguchi.example>' } })
const mailer = smtpMailer(server, 4)
while ((await deliver(w.system, mailer, `sender ${process.pid}`)).sent > 0);
mailer.close()
await w.close()
