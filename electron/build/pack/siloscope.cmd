@echo off
setlocal EnableExtensions DisableDelayedExpansion
set "NODE_OPTIONS="
"%~dp0..\resources\cli\node.exe" "%~dp0..\resources\cli\out\cli\main.js" %*
