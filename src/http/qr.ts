/** A QR code (ISO/IEC 18004) of a text as a data URL, for pages that load nothing from other sites. */
export async function qrImage(text: string): Promise<string> {
  // By its default export: the bundle has no other of a CommonJS package that is loaded later.
  const { default: qrCode } = await import('qrcode')
  return `data:image/svg+xml,${encodeURIComponent(await qrCode.toString(text, { type: 'svg', margin: 2 }))}`
}
