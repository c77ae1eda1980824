import { create } from 'qrcode'
import { useMemo } from 'react'

/** White border that readers need, in modules (ISO/IEC 18004). */
const quiet = 4

/**
 * A QR code as one SVG path: nothing is fetched, no style is set. Null when the text is too long for one;
 * the address beside it must do then.
 */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = useMemo(() => drawn(text), [text])
  if (code === null) return null
  const side = code.size + 2 * quiet
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  )
}

function drawn(text: string): { readonly size: number; readonly path: string } | null {
  try {
    const { modules } = create(text, { errorCorrectionLevel: 'M' })
    let path = ''
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        if (modules.get(row, column)) path += `M${column + quiet} ${row + quiet}h1v1h-1z`
      }
    }
    return { size: modules.size, path }
  } catch {
    return null
  }
}
