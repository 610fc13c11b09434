; Windows has no sandbox for an app of this kind, but a firewall: the installer closes it for the app, both ways.
!macro customInstall
  nsExec::Exec 'netsh advfirewall firewall delete rule name="Breakglass: no network"'
  Pop $0
  nsExec::Exec 'netsh advfirewall firewall add rule name="Breakglass: no network" dir=out action=block program="$INSTDIR\${APP_EXECUTABLE_FILENAME}" enable=yes profile=any'
  Pop $0
  nsExec::Exec 'netsh advfirewall firewall add rule name="Breakglass: no network" dir=in action=block program="$INSTDIR\${APP_EXECUTABLE_FILENAME}" enable=yes profile=any'
  Pop $1
  ${If} $0 != 0
  ${OrIf} $1 != 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "A firewall rule that keeps Breakglass off the network could not be made. Disconnect the machine from every network before you use it."
  ${EndIf}
!macroend

!macro customUnInstall
  nsExec::Exec 'netsh advfirewall firewall delete rule name="Breakglass: no network"'
  Pop $0
!macroend
