import type { Pass } from '../../../src/people/queries.ts'
import { TextField, type Values } from '../../fields.tsx'
import { Notice } from '../../kit.tsx'
import { type PageContext, Sent, toLookAt } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { Console } from '../console.tsx'

type Proof = {
  frame: PageContext
  pass: Pass
  /** The page to go on to, or the address of the form that waits. */
  to: string
  /** The form that was sent and waits for the proof. Null if there is none. */
  kept: Values | null
  wrong: boolean
  /** Whether a letter with a code was sent. */
  sent: boolean
}

function CodeField({ frame, name, label }: { frame: PageContext; name: string; label: string }) {
  return (
    <TextField
      frame={frame}
      name={name}
      inputmode="numeric"
      autocomplete="one-time-code"
      label={label}
      required
      autofocus
      value=""
    />
  )
}

/** Asks for a code that a letter brings, for an account without a second factor. */
function ByLetter({ frame, pass, to, kept, sent }: Proof) {
  const t = deskTexts(frame.locale).proof
  const query = `?to=${encodeURIComponent(to)}${kept === null ? '' : '&form=1'}`
  return (
    <>
      {sent && (
        <form class="card narrow" action={`/desk/proof/again${query}`} method="post">
          <p>{t.sent(pass.account.email)}</p>
          <Sent values={kept ?? {}} />
          <CodeField frame={frame} name="proof_code" label={t.letterCode} />
          <button class="btn" type="submit">
            {t.send}
          </button>
        </form>
      )}
      <form class="card narrow" action={`/desk/proof/letter${query}`} method="post">
        <Sent values={kept ?? {}} />
        <button class={sent ? 'btn quiet' : 'btn'} type="submit">
          {sent ? t.letterAgain : t.letter}
        </button>
      </form>
    </>
  )
}

function ByApp({ frame, to, kept }: Proof) {
  const t = deskTexts(frame.locale).proof
  const again = kept !== null
  return (
    <form
      class="card narrow"
      action={again ? `/desk/proof/again?to=${encodeURIComponent(to)}&form=1` : '/desk/proof'}
      method="post"
    >
      <p>{t.lead}</p>
      {again ? <Sent values={kept} /> : <input type="hidden" name="to" value={to} />}
      <CodeField frame={frame} name={again ? 'proof_code' : 'code'} label={t.code} />
      <button class="btn" type="submit">
        {t.send}
      </button>
    </form>
  )
}

/**
 * The button shows itself, and what is said of it, once the script runs. The script goes on to `to`, or sends the form
 * around the button.
 */
function ByPasskey({ frame, to, kept, pass }: Proof) {
  const t = deskTexts(frame.locale).proof
  const { totp } = pass.account
  const button = (
    <>
      <div data-with-passkey hidden>
        <p>{totp ? t.passkeyToo : t.passkeyLead}</p>
        <p>
          <button
            class={totp ? 'btn quiet' : 'btn'}
            type="button"
            data-passkey="/desk/proof/passkey"
            data-to={to}
            autofocus={!totp}
          >
            {t.passkey}
          </button>
          <span role="alert" data-failed={t.failed} />
        </p>
      </div>
      {!totp && <p data-without-passkey>{t.noPasskey}</p>}
    </>
  )
  if (kept === null) return button
  return (
    <form action={to} method="post">
      <Sent values={kept} />
      {button}
    </form>
  )
}

/** For people who have lost their phone: one of the codes that were printed before. */
function ByRecovery({ frame, to, kept }: Proof) {
  const t = deskTexts(frame.locale).proof.recovery
  const query = `?to=${encodeURIComponent(to)}${kept === null ? '' : '&form=1'}`
  return (
    <details>
      <summary>{t.title}</summary>
      <form class="card narrow" action={`/desk/proof/again${query}`} method="post">
        <Sent values={kept ?? {}} />
        <TextField frame={frame} name="recovery" autocomplete="off" label={t.code} help={t.help} required value="" />
        <button class="btn quiet" type="submit">
          {t.use}
        </button>
        <p class="small soft">{t.none}</p>
      </form>
    </details>
  )
}

/** The way back to the form that was left, with what was typed. A locked browser first needs the proof. */
function Leave({ frame, pass, to, kept }: Proof) {
  const t = deskTexts(frame.locale).proof
  if (pass.locked || kept === null) return null
  return (
    <form action={toLookAt(to, 'form')} method="post">
      <Sent values={kept} />
      <button class="btn quiet" type="submit">
        {t.leave}
      </button>
    </form>
  )
}

/** Asks staff to prove who they are. An account without a second factor gets a code by letter. */
export function ProofPage(props: Proof) {
  const { frame, pass, kept, to, wrong } = props
  const t = deskTexts(frame.locale).proof
  const { totp, passkeys } = pass.account
  const byLetter = !totp && passkeys === 0
  const isFile = to.startsWith('/desk/exports')
  return (
    <Console frame={frame} staff={null} halfway title={t.title}>
      <h1>{t.title}</h1>
      {wrong && <Notice what={byLetter ? t.wrongLetter : t.wrong} tone="stop" alert />}
      {(kept !== null || byLetter) && (
        <Notice what={kept === null || isFile ? t.idle : t.again} tone="warn" alert={!wrong} />
      )}
      {byLetter && <p class="lead">{t.letterLead}</p>}
      {byLetter && <ByLetter {...props} />}
      {totp && <ByApp {...props} />}
      {passkeys > 0 && <ByPasskey {...props} />}
      {!byLetter && <ByRecovery {...props} />}
      <Leave {...props} />
    </Console>
  )
}
