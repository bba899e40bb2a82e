import { SEND_WITHIN, type Sent } from '../mailer.ts'

/** A short message. `id` names its row of the outbox: a gateway can tell by it that it has sent it already. */
export type Sms = { id: string; to: string; text: string }

/** Sends short messages. `send` never throws and answers within `SEND_WITHIN` seconds. */
export type SmsSender = { send(sms: Sms): Promise<Sent> }

/** Answers that say nothing of the number or the text: the token, the time, the number of requests. */
const NOT_ITS_FAULT = [401, 403, 404, 405, 407, 408, 425, 429]

/**
 * Sends through the gateway at `SMS_URL`: a POST of `{ id, to, text }` as JSON. `Idempotency-Key` is the id too, and
 * `SMS_TOKEN` is the bearer token. `to` is a number such as `+819012345678`. Every 2xx is sent. 4xx about the number or the
 * text is permanent; all else is tried again. Follows no redirect, so that the token stays with its gateway.
 */
export function httpSms(url: string, token: string | null): SmsSender {
  return {
    async send({ id, to, text }) {
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': id,
            ...(token !== null && { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ id, to, text }),
          redirect: 'manual',
          signal: AbortSignal.timeout(SEND_WITHIN * 1000),
        })
        await answer.body?.cancel()
        if (answer.ok) return { ok: true }
        const { status } = answer
        const permanent = status >= 400 && status < 500 && !NOT_ITS_FAULT.includes(status)
        return { ok: false, permanent, line: !permanent, fault: `SMS: HTTP ${status}` }
      } catch (error) {
        // The messages of fetch name the address of the gateway at most.
        const name = error instanceof Error ? error.name : 'unknown'
        return { ok: false, permanent: false, line: true, fault: `SMS: not reached (${name})` }
      }
    },
  }
}
