import ICAL from 'ical.js'
import { expect } from 'vitest'

/** Reads a calendar with a second library. Checks first what every reader needs: octets, CRLF, one zone. */
export function read(text: string) {
  const bytes = new TextEncoder().encode(text)
  expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(text)
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const lines = text.split('\r\n')
  expect(lines.filter((line) => new TextEncoder().encode(line).length > 75 || !line.isWellFormed())).toEqual([])
  const calendar = new ICAL.Component(ICAL.parse(text))
  const zones = calendar.getAllSubcomponents('vtimezone')
  expect(zones).toHaveLength(1)
  for (const zone of zones) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  expect(calendar.getAllSubcomponents('valarm')).toEqual([])
  return { calendar, events: calendar.getAllSubcomponents('vevent') }
}

/** The only entry of a calendar. */
export function readOne(text: string) {
  const { calendar, events } = read(text)
  const [event] = events
  if (!event || events.length > 1) throw new Error(`${events.length} entries`)
  return { calendar, event }
}

/** A property's value as text, or null. */
export function value(component: ICAL.Component, name: string): string | null {
  const found = component.getFirstPropertyValue(name)
  return found === null ? null : String(found)
}

/** The instant of a time with a zone, whatever the zone of this machine. */
export function instant(component: ICAL.Component, name: string): string {
  const time = component.getFirstPropertyValue(name)
  if (!(time instanceof ICAL.Time)) throw new Error(`${name} is no time`)
  return time.toJSDate().toISOString()
}
