import { BROKEN, CORE, LINUX, type Line, NEWER, OLD, OLDER, said } from './line.ts';

/** The engine itself, and its images. */
export const ENGINE_LINES: readonly Line[] = [
  // the engine itself
  {
    does: 'names itself',
    argv: ['version', '-f', '{{.Server.Version}} {{.Server.Os}} {{.Server.APIVersion}} {{.Server.MinAPIVersion}}'],
    out: '28.5.2 windows 1.51 1.24\n',
  },
  {
    does: 'prints its version',
    argv: ['version'],
    out: /Server: Docker Engine - Community\n Engine:\n {2}Version: +28\.5\.2/,
  },
  {
    does: 'says what it runs on',
    argv: ['info', '-f', '{{.OSType}} {{.Isolation}} {{.Driver}} {{.OperatingSystem}}'],
    out: 'windows process windowsfilter Microsoft Windows Server Version 24H2 (OS Build 26100.4652)\n',
  },
  { does: 'shows the default isolation', argv: ['info'], out: /\n Default Isolation: process\n/ },
  // images
  { does: 'lists images', argv: ['images', '--format', '{{.Repository}}:{{.Tag}} {{.Size}}'], out: `${CORE} 5.1GB\n` },
  {
    does: 'inspects an image',
    argv: ['inspect', '-f', '{{.Os}} {{.OsVersion}} {{.Architecture}} {{len .RootFS.Layers}}', CORE],
    out: 'windows 10.0.26100.4652 amd64 3\n',
  },
  {
    does: 'pulls layer by layer',
    argv: ['pull', OLDER],
    out: /^ltsc2022: Pulling from windows\/servercore\n(?:[0-9a-f]{12}: Pulling fs layer\n){3}[\s\S]*Pull complete\nDigest: sha256:[0-9a-f]{64}\nStatus: Downloaded newer image for mcr\.microsoft\.com\/windows\/servercore:ltsc2022\n/,
  },
  { does: 'pulls nothing twice', argv: ['pull', OLDER], out: /Status: Image is up to date for/ },
  { does: 'pulls quietly', argv: ['pull', '-q', OLD], out: `${OLD}\n` },
  {
    does: 'refuses an image newer than the host',
    argv: ['pull', NEWER],
    code: 1,
    err: 'a Windows version 10.0.27900-based image is incompatible with a 10.0.26100 host\n',
  },
  {
    does: 'breaks off where the connection breaks',
    argv: ['pull', BROKEN],
    code: 1,
    err: 'unexpected EOF\n',
    out: /Pull complete/,
  },
  {
    does: 'keeps nothing of a broken pull',
    argv: ['image', 'inspect', BROKEN],
    code: 1,
    err: said(`No such image: ${BROKEN}`),
    out: '[]\n',
  },
  {
    does: 'refuses a Linux image',
    argv: ['pull', LINUX],
    code: 1,
    err: 'cannot download image with operating system "linux" when requesting "windows"\n',
  },
  {
    does: 'knows a missing tag',
    argv: ['pull', 'mcr.microsoft.com/windows/servercore:nope'],
    code: 1,
    err: said('manifest for mcr.microsoft.com/windows/servercore:nope not found: manifest unknown: manifest unknown'),
  },
  {
    does: 'knows a missing repository',
    argv: ['pull', 'nobody/nothing'],
    code: 1,
    err: /pull access denied for nobody\/nothing, repository does not exist or may require 'docker login'/,
  },
  { does: 'tags', argv: ['tag', OLDER, 'core:mine'] },
  {
    does: 'lists by reference',
    argv: ['images', '-f', 'reference=core', '--format', '{{.Repository}}:{{.Tag}}'],
    out: 'core:mine\n',
  },
  { does: 'names an image for a registry', argv: ['tag', OLDER, 'registry.example/core:mine'] },
  {
    does: 'pushes it; the layers are there',
    argv: ['push', 'registry.example/core:mine'],
    out: /^The push refers to repository \[registry\.example\/core\]\n(?:[0-9a-f]{12}: Preparing\n){3}(?:[0-9a-f]{12}: Layer already exists\n){3}mine: digest: sha256:[0-9a-f]{64} size: \d+\n$/,
  },
  {
    does: 'takes that name off',
    argv: ['rmi', 'registry.example/core:mine'],
    out: 'Untagged: registry.example/core:mine\n',
  },
  {
    does: 'pulls what was pushed',
    argv: ['pull', '-a', 'registry.example/core'],
    out: /Pulling from core\n[\s\S]*Status: Image is up to date for registry\.example\/core:mine\n/,
  },
  {
    does: 'takes it off again',
    argv: ['rmi', 'registry.example/core:mine'],
    out: 'Untagged: registry.example/core:mine\n',
  },
  {
    does: 'pushes nothing that is not there',
    argv: ['push', 'registry.example/nothing:1'],
    code: 1,
    err: 'An image does not exist locally with the tag: registry.example/nothing\n',
  },
  {
    does: 'pushes to Docker Hub for nobody',
    argv: ['push', 'core:mine'],
    code: 1,
    err: 'denied: requested access to the resource is denied\n',
  },
  { does: 'takes a tag off', argv: ['rmi', 'core:mine'], out: 'Untagged: core:mine\n' },
  { does: 'tells the history', argv: ['history', '-q', CORE], out: /^[0-9a-f]{12}\n<missing>\n<missing>\n$/ },
];
