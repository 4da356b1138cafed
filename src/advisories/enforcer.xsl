<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes maven-enforcer's rules of advisories.xml: one for each row, so that what fails names its advisory. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml"/>
  <xsl:template match="/advisories">
    <enforcer>
      <rules>
        <xsl:for-each select="maven">
          <bannedDependencies>
            <excludes>
              <exclude><xsl:value-of select="concat(@coordinate, ':(,', @safe, ')')"/></exclude>
            </excludes>
            <message>
              <xsl:value-of select="concat(@id, ' (', @date, '): use ', @coordinate, ' ', @safe, ' or newer, also where it comes from another dependency; the list is src/advisories/advisories.xml')"/>
            </message>
          </bannedDependencies>
        </xsl:for-each>
      </rules>
    </enforcer>
  </xsl:template>
</xsl:stylesheet>
