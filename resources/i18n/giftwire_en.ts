<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>giftwire</name>
        <message numerus="yes">
            <source>%Ln action(s)</source>
            <translation>
                <numerusform>%Ln action</numerusform>
                <numerusform>%Ln actions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln address(es) that are called: whoever takes it gives their own</source>
            <translation>
                <numerusform>%Ln address that is called: whoever takes the pack gives their own</numerusform>
                <numerusform>%Ln addresses that are called: whoever takes the pack gives their own</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln change(s) wait for the engine</source>
            <translation>
                <numerusform>%Ln change waits for the engine</numerusform>
                <numerusform>%Ln changes wait for the engine</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln coin(s)</source>
            <translation>
                <numerusform>%Ln coin</numerusform>
                <numerusform>%Ln coins</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln device(s) behind it</source>
            <translation>
                <numerusform>%Ln device behind it</numerusform>
                <numerusform>%Ln devices behind it</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln device(s) confirmed</source>
            <translation>
                <numerusform>%Ln device confirmed</numerusform>
                <numerusform>%Ln devices confirmed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln device(s) confirmed in {time}</source>
            <translation>
                <numerusform>%Ln device confirmed in {time}</numerusform>
                <numerusform>%Ln devices confirmed in {time}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln device(s) shown in Home Assistant.</source>
            <translation>
                <numerusform>%Ln device is shown in Home Assistant.</numerusform>
                <numerusform>%Ln devices are shown in Home Assistant.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln fitting event(s)</source>
            <translation>
                <numerusform>%Ln fitting event</numerusform>
                <numerusform>%Ln fitting events</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln gift(s)</source>
            <translation>
                <numerusform>%Ln gift</numerusform>
                <numerusform>%Ln gifts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln gift(s) owed</source>
            <translation>
                <numerusform>%Ln gift owed</numerusform>
                <numerusform>%Ln gifts owed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln list(s) of people: they stay with you</source>
            <translation>
                <numerusform>%Ln list of people: it stays with you</numerusform>
                <numerusform>%Ln lists of people: they stay with you</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln more can be filled in later, in the rules.</source>
            <translation>
                <numerusform>%Ln more can be filled in later, in the rules.</numerusform>
                <numerusform>%Ln more can be filled in later, in the rules.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln more rule(s) not shown</source>
            <translation>
                <numerusform>%Ln more rule is not shown</numerusform>
                <numerusform>%Ln more rules are not shown</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln more waiting in line</source>
            <translation>
                <numerusform>%Ln more waiting in line</numerusform>
                <numerusform>%Ln more waiting in line</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln name(s) of a secret: whoever takes it chooses their own</source>
            <translation>
                <numerusform>%Ln name of a secret: whoever takes the pack chooses their own</numerusform>
                <numerusform>%Ln names of secrets: whoever takes the pack chooses their own</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln new</source>
            <translation>
                <numerusform>%Ln new</numerusform>
                <numerusform>%Ln new</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln new gift(s)</source>
            <translation>
                <numerusform>%Ln new gift</numerusform>
                <numerusform>%Ln new gifts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln owed gift(s) forgotten.</source>
            <translation>
                <numerusform>%Ln owed gift forgotten.</numerusform>
                <numerusform>%Ln owed gifts forgotten.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln round(s) at {rpm} RPM</source>
            <translation>
                <numerusform>%Ln round at {rpm} RPM</numerusform>
                <numerusform>%Ln rounds at {rpm} RPM</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s)</source>
            <translation>
                <numerusform>%Ln rule</numerusform>
                <numerusform>%Ln rules</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) chosen</source>
            <translation>
                <numerusform>%Ln rule chosen</numerusform>
                <numerusform>%Ln rules chosen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) copied</source>
            <translation>
                <numerusform>%Ln rule copied</numerusform>
                <numerusform>%Ln rules copied</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) could not be read</source>
            <translation>
                <numerusform>%Ln rule could not be read</numerusform>
                <numerusform>%Ln rules could not be read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) deleted</source>
            <translation>
                <numerusform>%Ln rule deleted</numerusform>
                <numerusform>%Ln rules deleted</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) duplicated</source>
            <translation>
                <numerusform>%Ln rule duplicated</numerusform>
                <numerusform>%Ln rules duplicated</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) moved</source>
            <translation>
                <numerusform>%Ln rule moved</numerusform>
                <numerusform>%Ln rules moved</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) of the file could not be read and are left out.</source>
            <translation>
                <numerusform>%Ln rule of the file could not be read and is left out.</numerusform>
                <numerusform>%Ln rules of the file could not be read and are left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) off</source>
            <translation>
                <numerusform>%Ln rule off</numerusform>
                <numerusform>%Ln rules off</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) on</source>
            <translation>
                <numerusform>%Ln rule on</numerusform>
                <numerusform>%Ln rules on</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) pasted</source>
            <translation>
                <numerusform>%Ln rule pasted</numerusform>
                <numerusform>%Ln rules pasted</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) that could not be read stay with you</source>
            <translation>
                <numerusform>%Ln rule that could not be read stays with you</numerusform>
                <numerusform>%Ln rules that could not be read stay with you</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s) use it and will wait for another device.</source>
            <translation>
                <numerusform>%Ln rule uses it and will wait for another device.</numerusform>
                <numerusform>%Ln rules use it and will wait for another device.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rule(s), as they are now</source>
            <translation>
                <numerusform>%Ln rule, as it is now</numerusform>
                <numerusform>%Ln rules, as they are now</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln variable(s)</source>
            <translation>
                <numerusform>%Ln variable</numerusform>
                <numerusform>%Ln variables</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln viewer(s)</source>
            <translation>
                <numerusform>%Ln viewer</numerusform>
                <numerusform>%Ln viewers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln viewer(s) gave something.</source>
            <translation>
                <numerusform>%Ln viewer gave something.</numerusform>
                <numerusform>%Ln viewers gave something.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln waiting</source>
            <translation>
                <numerusform>%Ln waiting</numerusform>
                <numerusform>%Ln waiting</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln waiting action(s) dropped</source>
            <translation>
                <numerusform>%Ln waiting action dropped</numerusform>
                <numerusform>%Ln waiting actions dropped</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Add %Ln rule(s)</source>
            <translation>
                <numerusform>Add %Ln rule</numerusform>
                <numerusform>Add %Ln rules</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Not for this: %Ln rule(s)</source>
            <translation>
                <numerusform>Not for this: %Ln rule</numerusform>
                <numerusform>Not for this: %Ln rules</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Ran %Ln time(s)</source>
            <translation>
                <numerusform>Ran %Ln time</numerusform>
                <numerusform>Ran %Ln times</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Reading the stream, %Ln event(s)</source>
            <translation>
                <numerusform>Reading the stream, %Ln event</numerusform>
                <numerusform>Reading the stream, %Ln events</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln outputs</source>
            <translation>
                <numerusform>Show the %Ln output</numerusform>
                <numerusform>Show all %Ln outputs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln rule(s)</source>
            <translation>
                <numerusform>Show %Ln rule</numerusform>
                <numerusform>Show all %Ln rules</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The connection was lost %Ln time(s) since Giftwire started.</source>
            <translation>
                <numerusform>The connection was lost %Ln time since Giftwire started.</numerusform>
                <numerusform>The connection was lost %Ln times since Giftwire started.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Used by %Ln rule(s)</source>
            <translation>
                <numerusform>Used by %Ln rule</numerusform>
                <numerusform>Used by %Ln rules</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>and %Ln more</numerusform>
                <numerusform>and %Ln more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more command(s)</source>
            <translation>
                <numerusform>and %Ln more command</numerusform>
                <numerusform>and %Ln more commands</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more rule(s)</source>
            <translation>
                <numerusform>and %Ln more rule</numerusform>
                <numerusform>and %Ln more rules</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more step(s)</source>
            <translation>
                <numerusform>and %Ln more step</numerusform>
                <numerusform>and %Ln more steps</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>came %Ln time(s)</source>
            <translation>
                <numerusform>came %Ln time</numerusform>
                <numerusform>came %Ln times</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>flash %Ln time(s)</source>
            <translation>
                <numerusform>flash %Ln time</numerusform>
                <numerusform>flash %Ln times</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>liked %Ln time(s)</source>
            <translation>
                <numerusform>liked %Ln time</numerusform>
                <numerusform>liked %Ln times</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>shared the LIVE %Ln time(s)</source>
            <translation>
                <numerusform>shared the LIVE %Ln time</numerusform>
                <numerusform>shared the LIVE %Ln times</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>subscribed for %Ln month(s)</source>
            <translation>
                <numerusform>subscribed for %Ln month</numerusform>
                <numerusform>subscribed for %Ln months</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>with %Ln rule(s)</source>
            <translation>
                <numerusform>with %Ln rule</numerusform>
                <numerusform>with %Ln rules</numerusform>
            </translation>
        </message>
    </context>
</TS>
