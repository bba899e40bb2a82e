// Small comforts. Every page works without this file.

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => globalThis.print())
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    const field = document.getElementById(button.dataset.copy)
    const told = button.parentElement.querySelector('[role=status]')
    button.hidden = false
    button.addEventListener('click', () => {
      const tell = () => told.replaceChildren(button.dataset.done)
      navigator.clipboard.writeText(field.value).then(tell, () => field.select())
    })
  }
}

// The browser keeps no such page, so Back would show an error. Instead it leads to the form, which has the same address.
if (document.querySelector('[data-unkept]')) {
  addEventListener('submit', () => history.replaceState(null, '', location.href))
}

document.querySelector('[data-focus]')?.focus()

const menu = document.querySelector('.bar-menu')
menu?.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !menu.open) return
  menu.open = false
  menu.querySelector('summary').focus()
})
