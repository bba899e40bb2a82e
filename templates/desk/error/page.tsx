import type { Account } from '../../../src/people/account.ts'
import { type PageContext, Sent, toLookAt } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import type { ErrorStatus } from '../../text/public/error.ts'
import { Console } from '../console.tsx'

/**
 * The page of an HTTP error in the console. `id` is the request's id in the log. If a form was sent, a button leads back to
 * it with what was typed. `staff` is null unless the sign-in is complete.
 */
export function DeskErrorPage(props: {
  frame: PageContext
  staff: Account | null
  status: ErrorStatus
  id?: string
  /** Whether a form was sent after the sign-in had ended. */
  signedOut?: boolean
}) {
  const { frame, staff, status, id, signedOut = false } = props
  const t = deskTexts(frame.locale).error
  const error = signedOut ? t.signedOut : t.words[status]
  const { sent = {} } = frame
  return (
    <Console frame={frame} staff={staff} title={error.what} fixed helpless>
      <p class="fault-code num">{String(status)}</p>
      <h1>{error.what}</h1>
      <p>{error.next}</p>
      {signedOut && (
        <p>
          <a class="btn" href="/desk/sign-in" target="_blank" rel="noopener">
            {t.signIn}
          </a>
        </p>
      )}
      {(staff !== null || signedOut) && Object.keys(sent).length > 0 && (
        <form action={toLookAt(frame.path, 'form')} method="post">
          <Sent values={sent} />
          <button class={signedOut ? 'btn quiet' : 'btn'} type="submit">
            {t.form}
          </button>
        </form>
      )}
      {!signedOut && (
        <p>
          <a href="/desk">{staff === null ? t.console : t.today}</a>
        </p>
      )}
      {id !== undefined && <p class="soft small">{texts(frame.locale).faultId(id)}</p>}
    </Console>
  )
}
