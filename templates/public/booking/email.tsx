import { Notice } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import type { What } from '../../text/spoken.ts'

/** Asks before a new address is used, or says why it cannot be. Opening the page changes nothing. */
export function EmailPage(props: { frame: PageContext; email: string; token: string; refusal: What | null }) {
  const { frame, email, token, refusal } = props
  const t = texts(frame.locale)
  return (
    <Layout frame={frame} title={t.emailChange.title} nav="lookup" noindex narrow>
      <h1>{t.emailChange.title}</h1>
      {refusal ? (
        <Notice what={refusal} tone="stop" alert />
      ) : (
        <form method="post" action={`/b/email/${token}`}>
          <p>{t.emailChange.text}</p>
          <p class="card">
            <b>
              <bdi>{email}</bdi>
            </b>
          </p>
          <button class="btn wide" type="submit">
            {t.emailChange.submit}
          </button>
        </form>
      )}
    </Layout>
  )
}
