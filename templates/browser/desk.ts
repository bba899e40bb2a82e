// Comforts of the console. Every page works without this file.

type Options = PublicKeyCredentialCreationOptionsJSON | PublicKeyCredentialRequestOptionsJSON

/** Asks the server what to sign, the device to sign it, and the server whether it is right. */
async function usePasskey(address: string): Promise<boolean> {
  const options = (await (await fetch(address)).json()) as Options
  const shown =
    'user' in options
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  if (!(shown instanceof PublicKeyCredential)) return false
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(shown),
  })
  return answer.ok
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-passkey]')) {
  if (!('PublicKeyCredential' in globalThis) || !('parseCreationOptionsFromJSON' in PublicKeyCredential)) continue
  const { passkey = '', to = '/desk' } = button.dataset
  const failed = button.parentElement?.querySelector<HTMLElement>('[data-failed]')
  button.hidden = false
  const tell = (done: boolean) => {
    button.disabled = false
    if (done) location.assign(to)
    else failed?.replaceChildren(failed.dataset.failed ?? '')
  }
  button.addEventListener('click', () => {
    button.disabled = true
    usePasskey(passkey).then(tell, () => tell(false))
  })
}

/** A key alone goes where a link with `data-key` leads, unless somebody is typing. */
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
  const { target } = event
  if (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]')) return
  const link = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)
  if (!link) return
  event.preventDefault()
  link.click()
})
