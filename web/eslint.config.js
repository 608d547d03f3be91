import js from '@eslint/js'
import { importX } from 'eslint-plugin-import-x'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import { readdirSync } from 'node:fs'
import tseslint from 'typescript-eslint'

// The doors: app → features → shared → api. Features never import each other.
const features = readdirSync(new URL('./src/features', import.meta.url))
const doors = [
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: './src/features',
    except: [`./${feature}`],
    message: 'Features never import each other: move the common part to shared.',
  })),
  { target: './src/features', from: './src/app', message: 'Features do not know the app.' },
  { target: './src/shared', from: ['./src/app', './src/features'], message: 'Shared knows nobody above it.' },
  { target: './src/api', from: ['./src/app', './src/features', './src/shared'], message: 'The API layer stands alone.' },
]

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'vite.config.ts'],
    extends: [...tseslint.configs.strict, reactHooks.configs.flat['recommended-latest'], jsxA11y.flatConfigs.recommended],
    languageOptions: { globals: globals.browser },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.app.json' })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: doors }],
      'import-x/no-cycle': 'error',
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
  { files: ['src/**/*.test.{ts,tsx}'], rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['mock/**/*.{js,mjs}', 'eslint.config.js'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
)
