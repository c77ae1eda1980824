/*
 * What the words of CUPS's `lpstat` mean (C locale; lpstat(1)). Text in, facts out: no program is run here.
 */

export type QueueState = {
  readonly enabled: boolean
  readonly trouble: boolean
  readonly printing: string | null
}

/**
 * A queue that writes files is no paper: a visitor who pressed Print would wait for a sheet that lands on a
 * disk, where it would also stay (KSK-20).
 */
export function paperQueues(destinations: string, devices: string): readonly string[] {
  const deviceOf = new Map<string, string>()
  for (const match of devices.matchAll(/^device for (\S+?): (.+)$/gm))
    deviceOf.set(match[1]!, match[2]!.trim())
  return destinations
    .split('\n')
    .map((line) => line.trim().split(/\s/)[0] ?? '')
    .filter((name) => name !== '' && !isFileQueue(name, deviceOf.get(name) ?? ''))
}

function isFileQueue(name: string, device: string): boolean {
  if (/^(cups-pdf|file|pdf|virtual|tofile):/i.test(device) || device.startsWith('/dev/null')) return true
  return /print.?to.?(pdf|file)|save.?as.?pdf|pdf.?writer|xps/i.test(name) || /^(cups.?)?pdf$/i.test(name)
}

/** `system default destination: NAME`, or null. */
export function defaultQueue(text: string): string | null {
  return /^system default destination: (\S+)/m.exec(text)?.[1] ?? null
}

/**
 * State of one queue from `lpstat -l -p NAME`. `trouble`: the device says that it needs somebody. Reasons that
 * end in `-warning` (low toner) do not stop a printer.
 */
export function queueState(text: string): QueueState {
  const alerts = /^\s*Alerts: (.+)$/m.exec(text)?.[1] ?? ''
  const reasons = alerts.split(/[\s,]+/).filter((reason) => !/-warning$|^none$/.test(reason))
  const stopping =
    /^(offline|media-empty|media-jam|media-needed|cover-open|door-open|toner-empty|marker-supply-empty|paused|shutdown|connecting-to-device|timed-out|stopped|other-error|input-tray-missing|interlock-open)/
  return {
    enabled: /^printer \S+ (is idle|now printing)/m.test(text),
    trouble:
      reasons.some((reason) => stopping.test(reason)) ||
      /waiting for printer to become available|unable to (connect|locate)|not responding|is offline|out of paper/i.test(
        text,
      ),
    printing: /now printing (\S+-\d+)\./.exec(text)?.[1] ?? null,
  }
}

/** Ids of the jobs that `lpstat -o` lists as not completed, with their owners. */
export function waitingJobs(text: string): readonly { readonly id: string; readonly owner: string }[] {
  return [...text.matchAll(/^(\S+-\d+)\s+(\S+)/gm)].map((match) => ({ id: match[1]!, owner: match[2]! }))
}

/** True when the history (`lpstat -l -W completed -o`) says that this job did not end on paper. */
export function endedBadly(history: string, jobId: string): boolean {
  const lines = history.split('\n')
  const start = lines.findIndex((line) => line.split(/\s/)[0] === jobId)
  if (start === -1) return false
  for (const line of lines.slice(start + 1)) {
    if (!/^\s/.test(line)) break
    if (/Alerts:.*(aborted|canceled|cancelled|errors)/i.test(line)) return true
  }
  return false
}
