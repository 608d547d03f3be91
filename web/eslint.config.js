import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import { readdirSync } from 'node:fs'
import tseslint from 'typescript-eslint'

// The doors: app → features → shared → api. Features never import each other.
const features = readdirSync(new URL('./src/features', import.meta.url))
const room = (folder, regex, message) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] },
})
const doors = [
  ...features.map((feature) =>
    room(`features/${feature}`, `(^@/app/|^@/features/(?!${feature}/)|^\\.\\./)`, 'Features never import each other or the app: move the common part to shared.'),
  ),
  room('shared', '(^@/(app|features)/|/(app|features)/)', 'Shared knows nobody above it.'),
  room('handover', '(^@/(app|features)/|^@/shared/(?!id$)|^\\.\\./)', 'The page behind a link is small: it takes nothing of the desk but its ids.'),
  room('api', '(^@/|^\\.\\./)', 'The API layer stands alone.'),
]

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'vite.config.ts'],
    extends: [...tseslint.configs.strict, reactHooks.configs.flat['recommended-latest'], jsxA11y.flatConfigs.recommended],
    languageOptions: { globals: globals.browser },
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrel files.' },
        { selector: 'ExportNamedDeclaration[source]', message: 'No barrel files.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Read the clock in shared/time/clock.ts.' },
        { object: 'crypto', property: 'randomUUID', message: 'Make ids in shared/id.ts.' },
      ],
      'max-lines': ['error', 600],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'jsx-a11y/no-autofocus': 'off',
    },
  },
  ...doors,
  { files: ['src/**/*.test.{ts,tsx}'], rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['mock/**/*.{js,mjs}', 'eslint.config.js'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
)
