// @ts-check
// The project's own lint rules, loaded by oxlint (.oxlintrc.json, `jsPlugins`).
import { relative, resolve, sep } from 'node:path'
import { refusal } from './folder-rule.mjs'

const root = resolve(import.meta.dirname, '../../..')

/** @param {string} file */
const fromRoot = (file) => relative(root, file).split(sep).join('/')

const folderRule = {
  meta: { type: 'problem' },
  /** @param {any} context */
  create(context) {
    const path = fromRoot(context.filename)
    /** @param {any} node */
    const look = (node) => {
      const specifier = node.source?.value
      if (typeof specifier !== 'string') return
      const message = refusal(path, specifier)
      if (message !== null) context.report({ node: node.source, message })
    }
    return {
      ImportDeclaration: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      ImportExpression: look,
    }
  },
}

/** @param {any} node @param {string} object @param {string} property */
const isMember = (node, object, property) =>
  node?.type === 'MemberExpression' &&
  node.object?.type === 'Identifier' &&
  node.object.name === object &&
  node.property?.name === property

const presentTime = {
  meta: { type: 'problem' },
  /** @param {any} context */
  create(context) {
    const message =
      'The present comes from the Clock port; only electron/system.ts reads the machine (KSK-44).'
    return {
      /** @param {any} node */
      MemberExpression(node) {
        if (isMember(node, 'Date', 'now') || isMember(node, 'Temporal', 'Now'))
          context.report({ node, message })
      },
      /** @param {any} node */
      NewExpression(node) {
        if (node.callee?.name === 'Date' && node.arguments.length === 0) context.report({ node, message })
      },
      /** @param {any} node */
      CallExpression(node) {
        if (node.callee?.type === 'Identifier' && node.callee.name === 'Date')
          context.report({ node, message })
      },
    }
  },
}

export default {
  meta: { name: 'open-chair' },
  rules: { 'folder-rule': folderRule, 'present-time': presentTime },
}
