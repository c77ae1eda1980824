import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The programs of CUPS as small scripts over a folder: `queue` holds the waiting jobs, `spool` what was
 * printed, `calls` each command line. The words are those of lpstat(1) in the C locale.
 */
export class FakeCups {
  readonly folder = mkdtempSync(join(tmpdir(), 'fake-cups-'))
  readonly searchPath = `${join(this.folder)}:/usr/bin:/bin`

  constructor() {
    this.set('destinations', 'Lobby\n')
    this.set('devices', 'device for Lobby: ipp://printer.example/ipp/print\n')
    this.set('default', 'system default destination: Lobby\n')
    this.set('printer', 'printer Lobby is idle.  enabled since Tue 24 Nov 2026\n\tAlerts: none\n')
    this.set('accepting', 'Lobby accepting requests since Tue 24 Nov 2026\n')
    this.set('queue', '')
    this.set('history', '')
    this.script(
      'lpstat',
      `case "$*" in
  "-e") cat "$here/destinations" ;;
  "-v") cat "$here/devices" ;;
  "-d") cat "$here/default" ;;
  "-l -p "*) cat "$here/printer" ;;
  "-a "*) cat "$here/accepting" ;;
  "-o "*) cat "$here/queue" ;;
  "-l -W completed -o "*) cat "$here/history" ;;
  *) exit 1 ;;
esac`,
    )
    this.script('cancel', `grep -v "^$1 " "$here/queue" > "$here/rest"; mv "$here/rest" "$here/queue"`)
    this.accept({ stays: false })
  }

  /** `lp` takes the job; `stays`: it remains in the queue. `silent`: it never says the id and hangs. */
  accept({ stays, silent = false }: { readonly stays: boolean; readonly silent?: boolean }): void {
    this.script(
      'lp',
      `for file; do :; done
ls -l "$file" | cut -c1-10 > "$here/mode"
cp "$file" "$here/spool-13.pdf"
${stays ? 'echo "Lobby-13 $(id -un) 1024 Tue 24 Nov 2026" >> "$here/queue"' : ''}
${silent ? 'exec sleep 60' : 'echo "request id is Lobby-13 (1 file(s))"'}`,
    )
  }

  script(name: string, body: string): void {
    const file = join(this.folder, name)
    writeFileSync(
      file,
      `#!/bin/sh\nhere='${this.folder}'\nprintf '%s|' ${name} "$@" >> "$here/calls"; echo >> "$here/calls"\n${body}\n`,
    )
    chmodSync(file, 0o755)
  }

  set(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text)
  }

  get(name: string): string {
    const file = join(this.folder, name)
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  /** Each call as its words. */
  calls(program: string): readonly (readonly string[])[] {
    return this.get('calls')
      .split('\n')
      .map((line) => line.split('|').slice(0, -1))
      .filter((words) => words[0] === program)
  }

  files(): readonly string[] {
    return readdirSync(this.folder)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
