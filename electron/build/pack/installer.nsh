; What the installer does besides laying out files: links that begin with siloscope: are ours, and the command line is on
; the search path, of this user or of everybody as the installation is. The uninstaller takes both back, unless it only
; makes room for a newer version.

!macro changeSearchPath ACT
  ${if} $installMode == "all"
    nsExec::Exec '"$INSTDIR\resources\cli\node.exe" "$INSTDIR\resources\cli\out\cli\path-entry.js" ${ACT} "$INSTDIR\bin" --machine'
  ${else}
    nsExec::Exec '"$INSTDIR\resources\cli\node.exe" "$INSTDIR\resources\cli\out\cli\path-entry.js" ${ACT} "$INSTDIR\bin"'
  ${endIf}
  Pop $R0
  ${if} $R0 != 0
    DetailPrint "The search path was left as it is ($R0): bin\siloscope.cmd is the command line."
  ${endIf}
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\siloscope" "" "URL:Siloscope"
  WriteRegStr SHELL_CONTEXT "Software\Classes\siloscope" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\siloscope\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\siloscope\shell\open\command" "" '"$appExe" "%1"'
  !insertmacro changeSearchPath add
!macroend

!macro customUnInstall
  ${ifNot} ${isUpdated}
    !insertmacro changeSearchPath remove
    DeleteRegKey SHELL_CONTEXT "Software\Classes\siloscope"
    ; The app writes these for its user when it runs.
    DeleteRegKey HKCU "Software\Classes\siloscope"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "dev.siloscope.app"
  ${endIf}
!macroend
