import { run } from '@zootools/email-spell-checker'

/**
 * The domains of most private addresses in Japan. The last eight are real and differ from others by a letter or two.
 * Nobody is asked about them.
 */
const DOMAINS = [
  'gmail.com',
  'googlemail.com',
  'yahoo.co.jp',
  'yahoo.com',
  'outlook.com',
  'outlook.jp',
  'hotmail.com',
  'hotmail.co.jp',
  'icloud.com',
  'docomo.ne.jp',
  'ezweb.ne.jp',
  'softbank.ne.jp',
  'i.softbank.jp',
  'ymobile.ne.jp',
  'biglobe.ne.jp',
  'so-net.ne.jp',
  'mail.com',
  'email.com',
  'ymail.com',
  'ymail.ne.jp',
  'softbank.jp',
  'softbank.co.jp',
  'gmx.com',
  'sakura.ne.jp',
]

/** The address that somebody probably meant, if its domain is a slip of a well-known one: gmial.com. Else null. */
export function meantAddress(address: string): string | null {
  const found = run({
    email: address.trim(),
    domains: DOMAINS,
    secondLevelDomains: [],
    topLevelDomains: [],
    domainThreshold: 2,
  })
  return found ? `${found.address}@${found.domain}` : null
}
