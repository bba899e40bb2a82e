import type { Faults } from '../../src/base/input.ts'
import { ErrorSummary, one, TextField, type Values } from '../fields.tsx'
import { Notice } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { Console } from './console.tsx'

/** Asks for the address to which a link is sent. */
export function SignInPage({
  frame,
  to,
  values,
  errors,
}: {
  frame: PageContext
  to: string
  values: Values
  errors: Faults
}) {
  const t = deskTexts(frame.locale).signIn
  return (
    <Console frame={frame} staff={null} title={t.title}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <ErrorSummary frame={frame} errors={errors} fields={['email']} labels={{ email: t.email }} />
      <form class="card narrow" action="/desk/sign-in" method="post" novalidate>
        <input type="hidden" name="to" value={to} />
        <TextField
          frame={frame}
          name="email"
          type="email"
          autocomplete="username"
          label={t.email}
          required
          value={one(values, 'email')}
          error={errors.email}
        />
        <button class="btn" type="submit">
          {t.send}
        </button>
      </form>
    </Console>
  )
}

/** Says that a letter may have been sent, and asks for its code. */
export function CodePage({
  frame,
  to,
  email,
  wrong,
}: {
  frame: PageContext
  to: string
  email: string
  wrong: boolean
}) {
  const t = deskTexts(frame.locale).signIn
  return (
    <Console frame={frame} staff={null} title={t.sentTitle}>
      <h1>{t.sentTitle}</h1>
      {wrong && <Notice what={t.wrong} tone="stop" alert />}
      <p class="lead">{t.sent(email)}</p>
      <form class="card narrow" action="/desk/sign-in/code" method="post">
        <input type="hidden" name="to" value={to} />
        <input type="hidden" name="email" value={email} />
        <TextField
          frame={frame}
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          label={t.code}
          help={t.codeHelp}
          required
          autofocus
          value=""
        />
        <button class="btn" type="submit">
          {t.withCode}
        </button>
      </form>
      <p>
        <a href="/desk/sign-in">{t.again}</a>
      </p>
    </Console>
  )
}

/** The page behind the link of a letter. Only its button signs in. */
export function LinkPage({ frame, token, over }: { frame: PageContext; token: string; over: boolean }) {
  const t = deskTexts(frame.locale).signIn
  return (
    <Console frame={frame} staff={null} title={t.linkTitle}>
      <h1>{t.linkTitle}</h1>
      {over ? (
        <Notice what={t.over} tone="stop" alert>
          <p>
            <a class="btn" href="/desk/sign-in">
              {t.again}
            </a>
          </p>
        </Notice>
      ) : (
        <form class="card narrow" action={`/desk/sign-in/${token}`} method="post">
          <p>{t.link}</p>
          <button class="btn" type="submit">
            {t.press}
          </button>
        </form>
      )}
    </Console>
  )
}
