#!/usr/bin/env node
// Stands where the development server expects Electron's executable; its first argument is a folder.
import '../chromium-host/run.ts'
